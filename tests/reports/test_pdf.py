"""The document itself: what it says, that it says it the same way twice, and that it fetches nothing."""

import io
import json
import socket
import threading

import pikepdf
import pytest

from reports.printing import pdf as pdf_module
from reports.printing import render_child
from reports.printing.document import print_report
from reports.printing.pdf import RenderFailed, render_pdf
from reports.snapshots.snapshot import frozen
from tests.reports.poppler import pages_of, requires_poppler, text_of
from tests.reports.worlds import CODE, issuing_office, snapshot_of, year_of_work

MADE_AT = "2026-03-31T09:20:00+00:00"


@pytest.fixture
def snapshot(db):
    office = issuing_office()
    return snapshot_of(year_of_work(office), office)


def printed(snapshot, *, issued=False):
    return print_report(snapshot, digest=frozen(snapshot)[1], issued=issued)


def simple(body: str, **options):
    html = f'<html lang="id"><head><title>Uji</title></head><body>{body}</body></html>'
    return render_pdf(html, identifier="uji", made_at=MADE_AT, **options)


@requires_poppler
def test_the_text_holds_every_code_scope_word_document_code_and_digest(snapshot):
    text = text_of(printed(snapshot).pdf)

    assert [row["code"] for row in snapshot["rows"] if row["code"] not in text] == []
    assert "Sosialisasi peluang kerja" in text
    assert CODE in text
    assert frozen(snapshot)[1][:8] in text
    assert "bukan nomor naskah dinas" in text


@requires_poppler
def test_the_numbers_in_the_document_are_the_figures(snapshot):
    text = text_of(printed(snapshot).pdf)

    assert snapshot["sentence"] in text
    for one in snapshot["totals"]["classes"]:
        assert f"{one['label']} {one['count']} dari {snapshot['totals']['total']}" in text
    total = snapshot["totals"]["total"]
    assert f"Melewati tenggat {snapshot['totals']['late']} dari {total}" in text
    assert f"Dilaporkan selesai {snapshot['totals']['claimed']} dari {total}" in text


@requires_poppler
def test_every_page_says_who_compiled_it_how_much_is_confirmed_and_where_it_stands(snapshot):
    document = printed(snapshot)

    pages = pages_of(document.pdf)

    assert len(pages) == document.pages
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {document.pages}" in page
        assert "disusun oleh BP3MI Uji" in page
        assert "2 dari 8 komitmen dikonfirmasi mitra" in page
        assert "DRAF" in page


@requires_poppler
def test_an_issued_document_carries_no_draft_mark_and_says_it_is_unsigned(snapshot):
    text = text_of(printed(snapshot, issued=True).pdf)

    assert "DRAF" not in text
    assert "Belum ditandatangani" in text


@requires_poppler
def test_example_rows_mark_every_page(db):
    office = issuing_office()
    snapshot = snapshot_of(year_of_work(office, is_example=True), office)

    pages = pages_of(printed(snapshot).pdf)

    assert [number for number, page in enumerate(pages, start=1) if "DATA CONTOH" not in page] == []


def test_the_same_snapshot_prints_the_same_bytes_twice(snapshot):
    assert printed(snapshot).pdf == printed(snapshot).pdf


def test_the_document_is_tagged_titled_and_in_indonesian(snapshot):
    with pikepdf.open(io.BytesIO(printed(snapshot).pdf)) as document:
        root = document.Root
        kinds, scopes, figures_without_words = [], [], []
        walk(root.StructTreeRoot, kinds, scopes, figures_without_words)

        assert root.MarkInfo.Marked
        assert str(root.Lang) == "id"
        assert "Laporan Kemajuan" in str(document.docinfo["/Title"])
        assert str(document.docinfo["/CreationDate"]) == "D:20260331092000Z"
        assert kinds.count("/H1") == 1
        assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
        assert set(scopes) == {"/Column", "/Row"}
        assert figures_without_words == []


def test_words_belong_to_their_cell_or_paragraph_and_every_word_to_one_that_is_in_the_document(snapshot):
    with pikepdf.open(io.BytesIO(printed(snapshot).pdf)) as document:
        root = document.Root.StructTreeRoot
        kinds = []
        walk(root, kinds, [], [])
        owners = [one for page in list(root.ParentTree.Nums)[1::2] if isinstance(page, pikepdf.Array) for one in page]

        assert "/Span" not in kinds
        assert {str(owner.Type) for owner in owners} == {"/StructElem"}
        assert {str(owner.S) for owner in owners} >= {"/TD", "/TH", "/P"}


def walk(element, kinds, scopes, figures_without_words):
    if not isinstance(element, pikepdf.Dictionary):
        return
    kind = str(element.get("/S", ""))
    kinds.append(kind)
    if kind == "/TH":
        scopes.append(str(element.A.Scope))
    if kind == "/Figure" and "/Alt" not in element:
        figures_without_words.append(element)
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        walk(child, kinds, scopes, figures_without_words)


ATTACKS = (
    '<link rel="stylesheet" href="{url}/a.css">',
    '<style>@import url("{url}/b.css");</style>',
    '<style>p {{ background: url("{url}/c.png"); }}</style>',
    '<style>@font-face {{ font-family: X; src: url("{url}/d.woff2"); }} p {{ font-family: X; }}</style>',
    '<img src="{url}/e.png" alt="">',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9"><image href="{url}/f.png" width="9" height="9"/></svg>',
    '<a rel="attachment" href="file:///etc/hostname">x</a><a rel="attachment" href="{url}/g">y</a>',
    '<link rel="attachment" href="file:///etc/hostname"><object data="{url}/h"></object><embed src="{url}/i">',
)


@pytest.fixture
def listener(socket_enabled):
    """A door on this machine that notes who knocks."""
    door, seen = socket.create_server(("127.0.0.1", 0)), []
    door.settimeout(0.2)
    closing = threading.Event()

    def listen():
        while not closing.is_set():
            try:
                visitor, _address = door.accept()
            except TimeoutError:
                continue
            seen.append(visitor.recv(200))
            visitor.close()

    ear = threading.Thread(target=listen)
    ear.start()
    yield f"http://127.0.0.1:{door.getsockname()[1]}", seen
    closing.set()
    ear.join()
    door.close()


def test_text_that_people_typed_fetches_nothing_and_attaches_nothing(snapshot, listener):
    url, seen = listener
    for row, attack in zip(snapshot["rows"], ATTACKS, strict=True):
        row["wording"] = row["lead"] = row["last_news"] = attack.format(url=url)

    document = printed(snapshot)

    assert seen == []
    assert attachments(document.pdf) == 0


def test_even_unescaped_html_fetches_nothing_and_attaches_nothing(listener):
    url, seen = listener

    document = simple("".join(attack.format(url=url) for attack in ATTACKS) + "<p>isi</p>")

    assert document.pages >= 1
    assert seen == []
    assert attachments(document.pdf) == 0


def attachments(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        annotations = [a for page in document.pages for a in page.get("/Annots", [])]
        return len(document.attachments) + sum(a.get("/Subtype") == "/FileAttachment" for a in annotations)


@requires_poppler
def test_words_of_any_kind_are_printed_as_they_are(snapshot):
    snapshot["rows"][0]["wording"] = "<b>tebal</b> & \"kutip\" 'satu' 😀 اتفاقية"
    snapshot["rows"][1]["wording"] = "{{ s.code }} {% now %}"
    snapshot["issuer"]["name"] = snapshot["agreement"]["title"] = "<script>alert(1)</script>"

    text = text_of(printed(snapshot, issued=True).pdf)

    assert "<b>tebal</b> & \"kutip\" 'satu'" in text
    assert "<script>alert(1)</script>" in text
    assert "{{ s.code }}" in text


@requires_poppler
def test_a_word_of_two_hundred_letters_stays_inside_its_column(snapshot):
    for name in ("wording", "lead", "unit", "last_news", "strength_words"):
        snapshot["rows"][0][name] = "A" * 200

    document = printed(snapshot)

    lines = text_of(document.pdf)
    assert "A" * 200 not in lines  # broken inside the column, not run across the page
    assert lines.count("A" * 10) > 20


@requires_poppler
def test_a_commitment_longer_than_a_page_is_printed_whole(snapshot):
    snapshot["rows"][0]["wording"] = " ".join(f"kata{n:04d}" for n in range(900))

    words = text_of(printed(snapshot).pdf)

    assert [n for n in range(900) if words.count(f"kata{n:04d}") != 2] == []  # in the matrix and in the annex


def test_a_hundred_rows_are_a_document_of_reasonable_size(snapshot):
    snapshot["rows"] = snapshot["rows"] * 13

    document = printed(snapshot)

    assert 15 <= document.pages <= 40
    assert len(document.pdf) < 500_000


def test_pages_are_told_while_they_are_laid_out(snapshot):
    told = []

    print_report(snapshot, digest="0" * 64, issued=False, progress=told.append)

    assert told == sorted(told)
    assert max(told) >= 4


def test_who_waits_for_a_long_page_is_asked_again_and_again_and_may_end_it(children, monkeypatch):
    monkeypatch.setattr(pdf_module, "BEAT", 0.05)
    asked = []

    def enough(page):
        asked.append(page)
        if len(asked) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        simple("<p>kata</p>" * 50_000, progress=enough)

    assert asked == [0, 0, 0]
    assert children[0].returncode is not None


def test_a_document_that_takes_too_long_is_given_up_in_words():
    with pytest.raises(RenderFailed, match="melebihi batas waktu") as failure:
        simple("<p>kata</p>" * 200_000, seconds=1)

    assert failure.value.may_pass is False


@pytest.fixture
def children(monkeypatch):
    """Every child process that is started."""
    started, start = [], pdf_module._child

    def noted():
        started.append(start())
        return started[-1]

    monkeypatch.setattr(pdf_module, "_child", noted)
    return started


def test_a_child_that_is_killed_is_worth_another_try(children):
    with pytest.raises(RenderFailed, match="terhenti") as failure:
        simple("<p>kata</p>" * 3_000, progress=lambda page: children[0].kill())

    assert failure.value.may_pass is True


def test_giving_up_the_work_ends_the_child(children):
    def give_up(page):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simple("<p>kata</p>" * 3_000, progress=give_up)

    assert children[0].returncode is not None


def test_a_child_that_reaches_its_memory_ceiling_is_given_up_in_words(monkeypatch):
    environment = pdf_module._environment()
    monkeypatch.setattr(pdf_module, "_environment", lambda: environment | {"SIMPUL_RENDER_MEGABYTES": "90"})

    with pytest.raises(RenderFailed, match="batas memori|terhenti"):
        simple("<p>kata</p>")


def test_running_out_of_memory_has_a_sentence_of_its_own(monkeypatch):
    def hungry(html, **how):
        raise MemoryError

    order = {"html": "", "identifier": "", "made_at": MADE_AT, "seconds": 9, "producer": ""}
    monkeypatch.setattr(render_child, "render", hungry)
    monkeypatch.setattr(render_child.resource, "setrlimit", lambda *limits: None)
    monkeypatch.setattr(render_child.gc, "disable", lambda: None)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(order)))

    code = render_child.main()

    with pytest.raises(RenderFailed, match="batas memori"):
        pdf_module._judge(code, b"", late=False)


def test_the_child_knows_no_secret_and_no_address(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    monkeypatch.setenv("DATABASE_URL", "postgres://rahasia")

    assert "rahasia" not in " ".join(pdf_module._environment().values())


def test_a_document_too_large_to_hand_over_is_refused_before_a_child_is_started(monkeypatch):
    monkeypatch.setattr(pdf_module, "MAX_HTML", 1000)

    with pytest.raises(RenderFailed, match="terlalu besar"):
        simple("x" * 2000)
