"""What changed is told by code, from the rows or from two frozen reports, and both tell the same."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.audit import head_hash
from agencies.models import Role
from commitments.models import Consent, DueBasis, Move, Strength, Terms
from commitments.status import Status, Verb
from reports.counting import changes as counting
from reports.counting.changes import Changes, Kind, changes, changes_between
from reports.counting.figures import figures
from reports.counting.history import history, touched
from reports.counting.periods import read_period
from reports.models import Report
from reports.snapshots.snapshot import build_snapshot
from reports.views import changes as page_of_changes
from tests.browsers import browser_of
from tests.factories import AgencyFactory, CommitmentFactory, MeetingFactory, at, person
from tests.reports.test_export_lists import rows_of

SINCE, MIDDLE, UNTIL = at("2026-03-31", "16.20"), at("2026-04-20"), at("2026-06-30", "16.20")
FIRST, SECOND = read_period("2026-TW1"), read_period("2026-TW2")


def move(row, to, instant=MIDDLE, verb=Verb.REPORT):
    last = row.moves.last()
    before = last.to_status if last else Status.DRAFT
    Move.objects.create(commitment=row, from_status=before, to_status=to, verb=verb, at=instant)


def new_terms(row, instant=MIDDLE, **given):
    last = row.terms.last()
    names = ("wording", "lead", "due_on", "due_basis", "target", "unit")
    values = {name: given.get(name, getattr(last, name)) for name in names}
    return Terms.objects.create(commitment=row, n=last.n + 1, at=instant, **values)


def frozen(agreement, issuer, period, instant, code) -> dict:
    counted = figures(agreement, period, instant)
    snapshot = build_snapshot(
        counted, agreement=agreement, issuer=issuer, code=code, made_at=instant, audit_head=head_hash()
    )
    return json.loads(json.dumps(snapshot))


def told(found: Changes) -> dict[str, list[tuple[str, str]]]:
    return {group.kind: [(one.code, one.words) for one in group.changes] for group in found.groups}


@pytest.fixture
def world(meeting, unit, other_unit):
    """One row for every kind of change, named by it; ``still`` and ``long_done`` do not change."""
    rows = {
        name: CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 1), wording=f"Rumusan {name}")
        for name in ("done", "unmet", "shifted", "reworded", "led", "strong", "agreed", "void", "merged", "still")
    }
    rows["bare"] = CommitmentFactory(meeting=meeting)
    rows["dated"] = CommitmentFactory(meeting=meeting, lead=unit, due_on=dt.date(2026, 6, 1), target=4, unit="kali")
    rows["reopened"] = CommitmentFactory(meeting=meeting, lead=unit, status=Status.DONE, closed_at=at("2026-03-02"))
    rows["long_done"] = CommitmentFactory(meeting=meeting, lead=unit, status=Status.DONE, closed_at=at("2026-03-02"))
    rows["new"] = CommitmentFactory(meeting=meeting, lead=unit, created_at=MIDDLE, shared_at=MIDDLE)
    rows["shared"] = CommitmentFactory(meeting=meeting, shared_at=MIDDLE)
    rows["new_and_done"] = CommitmentFactory(meeting=meeting, created_at=MIDDLE, shared_at=MIDDLE)
    move(rows["new_and_done"], Status.DONE, at("2026-05-02"), Verb.VERIFY)
    move(rows["done"], Status.DONE, verb=Verb.VERIFY)
    move(rows["unmet"], Status.UNMET)
    move(rows["reopened"], Status.RUNNING)
    move(rows["void"], Status.VOID)
    move(rows["merged"], Status.MERGED, verb=Verb.MERGE)
    new_terms(rows["shifted"], due_on=dt.date(2026, 7, 1))
    new_terms(rows["reworded"], wording="Lain sama sekali")
    new_terms(rows["led"], lead=other_unit)
    new_terms(rows["agreed"], due_basis=DueBasis.AGREED)
    new_terms(rows["bare"], lead=unit, due_on=dt.date(2026, 7, 1), due_basis=DueBasis.PROPOSED, target=3, unit="SMK")
    new_terms(rows["dated"], due_on=None, due_basis="", target=2)
    Consent.objects.create(agency=unit, terms=rows["strong"].terms.get(), strength=Strength.CONFIRMED, at=MIDDLE)
    return {name: row.code for name, row in rows.items()}


def test_every_kind_of_change_is_told_once_with_its_words(agreement, world):
    found = told(changes(agreement, since=SINCE, until=UNTIL))

    assert found == {
        Kind.NEW: [(world["new"], "tanpa tenggat"), (world["shared"], "tanpa tenggat"), (world["new_and_done"], "")],
        Kind.DONE: [(world["done"], "sebelumnya: Belum dimulai"), (world["new_and_done"], "")],
        Kind.UNMET: [(world["unmet"], "sebelumnya: Belum dimulai")],
        Kind.SHIFTED: [
            (world["shifted"], "1 Juni 2026 menjadi 1 Juli 2026"),
            (world["dated"], "1 Juni 2026 menjadi tanpa tenggat"),
        ],
        Kind.COMPLETED: [(world["bare"], "penanggung jawab Sudin Naker; tenggat 1 Juli 2026 (usulan); target 3 SMK")],
        Kind.REWORDED: [
            (world["reworded"], "sebelumnya “Rumusan reworded”"),
            (world["led"], "Sudin Naker menjadi Sudin Sosial"),
            (world["dated"], "target 4 kali menjadi 2 kali"),
        ],
        Kind.STRENGTH: [
            (world["strong"], "dicatat menjadi dikonfirmasi"),
            (world["agreed"], "tenggat 1 Juni 2026: usulan menjadi disepakati"),
        ],
        Kind.REOPENED: [(world["reopened"], "sebelumnya: Selesai (terverifikasi)")],
        Kind.WITHDRAWN: [(world["void"], "salah catat"), (world["merged"], "digabung dengan komitmen lain")],
    }


def test_two_frozen_reports_tell_the_same_as_the_rows(agreement, bp3mi, world):
    old = frozen(agreement, bp3mi, FIRST, SINCE, "LAMA")
    new = frozen(agreement, bp3mi, SECOND, UNTIL, "BARU")

    between = changes_between(old, new)

    assert between.groups == changes(agreement, since=SINCE, until=UNTIL).groups
    assert (between.since_words, between.until_words) == (
        "Triwulan I 2026, 31 Mar 2026 16.20 WIB (LAMA)", "Triwulan II 2026, 30 Jun 2026 16.20 WIB (BARU)",
    )  # fmt: skip


def test_a_row_done_between_two_periods_is_done_and_not_gone(agreement, bp3mi, world):
    """The second report begins after it was closed, so it is outside that stock."""
    old = frozen(agreement, bp3mi, FIRST, SINCE, "LAMA")
    new = frozen(agreement, bp3mi, read_period("2026-TW3"), at("2026-07-20"), "BARU")

    found = told(changes_between(old, new))

    assert [code for code, _words in found[Kind.DONE]] == [world["done"], world["new_and_done"]]
    assert found == told(changes(agreement, since=SINCE, until=at("2026-07-20")))


def as_schema_1(snapshot: dict) -> dict:
    """What the first schema had: no rows outside the stock."""
    return {key: value for key, value in snapshot.items() if key != "outside"} | {"schema": 1}


def test_reports_of_the_first_schema_can_be_compared(agreement, bp3mi, world):
    old = as_schema_1(frozen(agreement, bp3mi, FIRST, SINCE, "LAMA"))
    new = as_schema_1(frozen(agreement, bp3mi, SECOND, UNTIL, "BARU"))

    found = told(changes_between(old, new))

    assert [code for code, _words in found[Kind.WITHDRAWN]] == [world["void"], world["merged"]]
    assert world["long_done"] not in {code for rows in found.values() for code, _words in rows}


def test_a_row_dropped_from_the_agreement_is_told_between_reports(agreement, bp3mi, meeting, world):
    row = CommitmentFactory(meeting=meeting)
    old = frozen(agreement, bp3mi, FIRST, SINCE, "LAMA")
    type(row).objects.filter(pk=row.pk).update(agreement=None)

    found = told(changes_between(old, frozen(agreement, bp3mi, SECOND, UNTIL, "BARU")))

    assert (row.code, "tidak lagi tercakup") in found[Kind.WITHDRAWN]


def test_nothing_changed_says_nothing(agreement, bp3mi, world):
    same = frozen(agreement, bp3mi, SECOND, UNTIL, "SAMA")

    assert changes(agreement, since=UNTIL, until=UNTIL).groups == ()
    assert changes_between(same, same).total == 0


def test_the_earlier_instant_comes_first(agreement):
    with pytest.raises(ValueError, match="second"):
        changes(agreement, since=UNTIL, until=SINCE)


def test_words_that_may_not_be_read_are_not_told_and_the_change_is(agreement, world):
    found = changes(agreement, since=SINCE, until=UNTIL, readable=frozenset())

    assert {one.wording for group in found.groups for one in group.changes} == {""}
    assert "sebelumnya “" not in json.dumps(found.as_json(), ensure_ascii=False)
    assert world["done"] in found.codes


def test_hidden_rows_of_a_frozen_report_are_not_called_reworded(agreement, bp3mi, world):
    old, new = (frozen(agreement, bp3mi, FIRST, SINCE, "A"), frozen(agreement, bp3mi, SECOND, UNTIL, "B"))
    old["rows"] = [row | {"wording": "Rumusan tidak ditampilkan.", "is_hidden": True} for row in old["rows"]]

    found = told(changes_between(old, new))

    assert world["reworded"] not in [code for code, _words in found[Kind.REWORDED]]


def test_only_rows_of_the_wanted_agencies_and_codes_are_told(agreement, unit, other_unit, world):
    of_unit = changes(agreement, since=SINCE, until=UNTIL, within=frozenset({unit.code}))

    assert (world["led"], "tidak lagi tercakup") in told(of_unit)[Kind.WITHDRAWN]
    assert world["shared"] not in of_unit.codes
    assert of_unit.only(frozenset({world["done"]})).codes == {world["done"]}


def test_the_plain_form_holds_every_change(agreement, world):
    found = changes(agreement, since=SINCE, until=UNTIL)

    plain = json.loads(json.dumps(found.as_json()))

    assert (plain["since"], plain["until"]) == (found.since_words, found.until_words)
    assert sum(len(group["changes"]) for group in plain["groups"]) == found.total
    assert plain["groups"][0]["label"] == "Komitmen baru"


@pytest.mark.parametrize("count", [1, 20])
def test_changes_cost_the_same_for_one_row_and_for_twenty(agreement, bp3mi, unit, count):
    meeting = MeetingFactory(host_agency=bp3mi, agreement=agreement)
    for row in CommitmentFactory.create_batch(count, meeting=meeting, lead=unit):
        move(row, Status.RUNNING)

    with CaptureQueriesContext(connection) as queries:
        changes(agreement, since=SINCE, until=UNTIL)

    assert len(queries) == 5


@pytest.mark.parametrize(
    ("since", "until"), [(SINCE, UNTIL), (SINCE, MIDDLE), (MIDDLE, UNTIL), (at("2026-01-01"), UNTIL), (UNTIL, UNTIL)]
)
def test_what_nobody_touched_is_not_read_and_nothing_is_missed(agreement, world, monkeypatch, since, until):
    read, found = touched(agreement, since=since, until=until), changes(agreement, since=since, until=until)
    monkeypatch.setattr(counting, "touched", lambda agreement, since, until: history(agreement, at=until))

    assert found == changes(agreement, since=since, until=until)
    untouched = {world[name] for name in ("still", "long_done")}
    assert since < at("2026-03-02") or untouched.isdisjoint(one.commitment.code for one in read)


PAGE = reverse("reports:changes")


@pytest.fixture
def clock():
    with time_machine.travel(UNTIL, tick=False):
        yield


def issued(agreement, issuer, humas, period, instant, code, **changes) -> Report:
    snapshot = frozen(agreement, issuer, period, instant, code) | changes
    return Report.objects.create(
        code=code, agreement=agreement, issuer=issuer, period=period.code, starts_on=period.starts_on,
        ends_on=period.ends_on, as_of=instant, snapshot=json.dumps(snapshot), snapshot_sha256="-", made_at=instant,
        status="PUBLISHED", published_by=humas, published_at=instant,
        audience=changes.get("audience", "INTERNAL"),
    )  # fmt: skip


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_asks_first(clock, agreement, petugas):
    response = browser_of(petugas).get(PAGE)

    assert response.status_code == 200
    assert "changes" not in response.context


def test_two_days_are_compared_from_the_beginning_of_one_to_the_end_of_the_other(clock, agreement, world, petugas):
    asked = {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30/6/2026"}

    response = browser_of(petugas).get(PAGE, asked)

    assert told(response.context["changes"]) == told(changes(agreement, since=SINCE, until=UNTIL))
    assert f"pada {len(response.context['changes'].codes)} komitmen, dari 1 April 2026 sampai 30" in words_of(response)
    assert reverse("commitments:detail", args=[world["done"]]) in response.content.decode()


def test_many_changes_are_told_page_by_page_each_once(clock, agreement, world, petugas, monkeypatch):
    asked = {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30/6/2026"}
    browser = browser_of(petugas)
    whole = browser.get(PAGE, asked).context
    monkeypatch.setattr(page_of_changes, "ON_A_PAGE", 2)

    shown = [browser.get(PAGE, asked | {"halaman": n}).context for n in range(1, whole["changes"].total // 2 + 2)]

    told = [change for one in shown for _group, rows in one["groups"] for change in rows]
    assert told == [change for _group, rows in whole["groups"] for change in rows]
    assert max(sum(len(rows) for _group, rows in one["groups"]) for one in shown) == 2
    assert {one["changes"].total for one in shown} == {whole["changes"].total}


def test_the_file_holds_what_all_pages_tell(clock, agreement, world, petugas, monkeypatch):
    asked = {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30/6/2026"}
    monkeypatch.setattr(page_of_changes, "ON_A_PAGE", 2)
    browser = browser_of(petugas)
    shown = browser.get(PAGE, asked | {"halaman": "2"})
    link = re.search(r'href="(/unduh/perubahan\.csv[^"]*)"', shown.content.decode())[1].replace("&amp;", "&")

    lines = rows_of(browser, "perubahan", link.partition("?")[2])

    wanted = [(g.label, one.code) for g in shown.context["changes"].groups for one in g.changes]
    assert [tuple(line[:2]) for line in lines[1:]] == wanted
    assert browser.get("/unduh/perubahan.csv").status_code == 404
    assert browser.get("/unduh/perubahan.csv", asked | {"sampai": "kemarin dulu"}).status_code == 404


def test_a_foreign_agreement_has_no_file_of_changes(clock, agreement, world):
    stranger = person(AgencyFactory(), Role.OFFICER)
    asked = {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30/6/2026"}

    assert browser_of(stranger).get("/unduh/perubahan.csv", asked).status_code == 404


def test_an_agreement_alone_is_told_since_its_last_report(clock, agreement, bp3mi, world, petugas, humas):
    browser, asked = browser_of(petugas), {"kesepakatan": agreement.code}
    assert browser.get(PAGE, asked).context["form"]["dari"].value() == "1 April 2026"

    issued(agreement, bp3mi, humas, FIRST, SINCE, "LAMA")

    assert browser.get(PAGE, asked).context["form"]["dari"].value() == "31 Maret 2026"


def test_two_issued_reports_are_compared_the_older_first(clock, agreement, bp3mi, world, petugas, humas):
    old = issued(agreement, bp3mi, humas, FIRST, SINCE, "LAMA")
    new = issued(agreement, bp3mi, humas, SECOND, UNTIL, "BARU")

    response = browser_of(petugas).get(PAGE, {"kesepakatan": agreement.code, "lama": new.code, "baru": old.code})

    assert response.context["changes"].groups == changes(agreement, since=SINCE, until=UNTIL).groups
    assert "(LAMA) sampai Triwulan II 2026" in words_of(response)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"dari": "31 Juni 2026", "sampai": "1 Juli 2026"}, "tidak ada di kalender"),
        ({"dari": "2 Juni 2026", "sampai": "1 Juni 2026"}, "Tanggal akhir harus sama dengan atau sesudah"),
        ({"dari": "", "sampai": "1 Juni 2026"}, "Isi tanggal ini, atau pilih dua laporan."),
        ({"dari": "x" * 200, "sampai": "1 Juni 2026"}, "tidak terbaca"),
        ({"lama": "LAMA", "baru": ""}, "Pilih dua laporan, atau kosongkan keduanya."),
        ({"lama": "LAMA", "baru": "TIDAK-ADA"}, "Pilih laporan terbit dari kesepakatan ini."),
        ({"lama": "LAMA", "baru": "PUBLIK"}, "Pilih laporan terbit dari kesepakatan ini."),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(clock, agreement, bp3mi, world, petugas, humas, asked, words):
    issued(agreement, bp3mi, humas, FIRST, SINCE, "LAMA")
    issued(agreement, bp3mi, humas, SECOND, UNTIL, "BARU")
    issued(agreement, bp3mi, humas, FIRST, SINCE, "PUBLIK", audience="PUBLIC")

    response = browser_of(petugas).get(PAGE, {"kesepakatan": agreement.code} | asked)

    assert response.status_code == 422
    assert words in words_of(response)
    assert all(response.context["form"][name].value() == typed for name, typed in asked.items())


def test_an_admin_may_not_compare_reports_and_may_compare_days(clock, agreement, bp3mi, world, admin, humas):
    for code, period, instant in (("LAMA", FIRST, SINCE), ("BARU", SECOND, UNTIL)):
        issued(agreement, bp3mi, humas, period, instant, code)
    browser, asked = browser_of(admin), {"kesepakatan": agreement.code}

    assert browser.get(PAGE, asked | {"lama": "LAMA", "baru": "BARU"}).status_code == 422
    assert browser.get(PAGE, asked).status_code == 200


def test_without_reports_to_compare_both_days_are_asked_for(clock, agreement, petugas):
    response = browser_of(petugas).get(PAGE, {"kesepakatan": agreement.code, "dari": "", "sampai": ""})

    assert response.status_code == 422
    assert words_of(response).count("belum diisi") >= 2
    assert "Bandingkan dua laporan terbit" not in words_of(response)


def test_a_reader_is_told_only_what_their_office_may_see(clock, agreement, other_unit, world):
    browser = browser_of(person(other_unit, Role.OFFICER))

    response = browser.get(PAGE, {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30 Juni 2026"})

    assert response.context["changes"].codes == {world["bare"], world["shared"], world["new_and_done"]}
    assert "Rumusan done" not in words_of(response)
    assert "hanya komitmen yang dapat Anda lihat" in words_of(response)


def test_nothing_changed_is_said_in_words(clock, agreement, petugas):
    response = browser_of(petugas).get(PAGE, {"kesepakatan": agreement.code})

    assert "Tidak ada perubahan dari" in words_of(response)


def test_a_foreign_agreement_is_not_offered_and_not_told(clock, agreement, world):
    browser = browser_of(person(AgencyFactory(), Role.OFFICER))

    response = browser.get(PAGE, {"kesepakatan": agreement.code, "dari": "1 April 2026", "sampai": "30 Juni 2026"})

    assert response.status_code == 422
    assert "changes" not in response.context
    assert agreement.code not in words_of(response)


def way_back(response) -> list[tuple[str, str]]:
    trail = re.search(r'<ol class="breadcrumb">(.*?)</ol>', response.content.decode(), re.S)[1]
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', trail)


def test_the_page_leads_back_to_where_it_was_opened(clock, agreement, bp3mi, petugas, humas):
    browser, asked = browser_of(petugas), {"kesepakatan": agreement.code}
    report = issued(agreement, bp3mi, humas, FIRST, SINCE, "7KQ4-M2XD-9F")
    of_agreement = [("/kesepakatan/", "Kesepakatan"), (agreement.get_absolute_url(), agreement.code)]

    assert way_back(browser.get(PAGE)) == of_agreement[:1]
    assert way_back(browser.get(PAGE, asked)) == of_agreement
    assert way_back(browser.get(PAGE, {"asal": "dasbor"})) == [("/dasbor/", "Dasbor")]
    from_board = browser.get(PAGE, asked | {"asal": "dasbor"})
    assert way_back(from_board) == [(f"/dasbor/?kesepakatan={agreement.code}", "Dasbor")]
    assert '<input type="hidden" name="asal" value="dasbor">' in from_board.content.decode()
    from_report = way_back(browser.get(PAGE, asked | {"asal": report.code}))
    assert from_report == [("/laporan/", "Laporan"), (report.get_absolute_url(), report.code)]


def test_an_unknown_origin_leads_back_to_the_agreement(clock, agreement, petugas):
    for origin in ("https://contoh.test/", "ZZZZ-ZZZZ-ZZ"):
        answer = browser_of(petugas).get(PAGE, {"kesepakatan": agreement.code, "asal": origin})
        assert way_back(answer)[-1] == (agreement.get_absolute_url(), agreement.code)
        assert 'name="asal"' not in answer.content.decode()
