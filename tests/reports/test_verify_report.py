"""``verify_report``: one changed byte anywhere turns the answer red and names the place."""

import hashlib
import io
import json
import os
import subprocess
import sys
import warnings
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from agencies.audit import row_hash
from agencies.models import Event
from commitments.actions import Proof, report_progress
from commitments.models import Evidence
from config.files import take_in
from reports.counting.periods import read_period
from reports.issuing import archive, publishing
from reports.issuing.verification import event_of
from reports.jobs import actions
from reports.models import Report, grouped
from reports.printing.pdf import Rendered
from tests.factories import at
from tests.pictures import tiny_png

QUARTER = read_period("2026-TW1")
NOW = at("2026-04-02")


def plain_pdf(*lines: str) -> bytes:
    """A PDF of one page that prints these lines, without the seconds a layout takes."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 10 Tf 40 800 Td {shown}ET"
    font = "/F1 5 0 R"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << {font} >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Root 1 0 R /Size 6 >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode()


@pytest.fixture
def fast(monkeypatch):
    def stand_in(snapshot, *, digest, issued, **_rest):
        return Rendered(plain_pdf(snapshot["code"], grouped(digest), "terbit" if issued else "draf"), 1)

    monkeypatch.setattr(actions, "print_report", stand_in)
    monkeypatch.setattr(publishing, "print_report", stand_in)


@pytest.fixture
def issued(fast, proven, agreement, bp3mi, petugas, humas):
    return issue(agreement, bp3mi, petugas, humas)


def issue(agreement, issuer, maker, publisher):
    job = actions.request_report(agreement, QUARTER, issuer=issuer, by=maker, at=NOW)
    return publishing.publish(actions.make(actions.take(job.pk, at=NOW), at=NOW), by=publisher, at=NOW)


@pytest.fixture
def proven(commitment, petugas_unit):
    """A commitment with one file of evidence."""
    photo = take_in(SimpleUploadedFile("foto.png", tiny_png(), content_type="image/png"))
    proof = Proof(stored=photo)
    report_progress(commitment, by=petugas_unit, at=at("2026-03-10"), text="Terlaksana.", evidence=[proof])
    return commitment


@pytest.fixture
def pdf(issued, tmp_path):
    path = tmp_path / "laporan.pdf"
    with issued.pdf.open("rb") as file:
        path.write_bytes(file.read())
    return path


@pytest.fixture
def bundle(issued, petugas, as_person, tmp_path):
    path = tmp_path / "bundel.zip"
    path.write_bytes(as_person(petugas).get(reverse("reports:bundle", args=[issued.code])).getvalue())
    return path


def verify(pdf, bundle=None):
    """Exit status and the answers by name."""
    out = io.StringIO()
    try:
        call_command("verify_report", str(pdf), bundle=bundle, json=True, stdout=out)
        status = 0
    except SystemExit as left:
        status = left.code
    answer = json.loads(out.getvalue())
    return status, {one["name"]: (one["outcome"], one["words"]) for one in answer["findings"]}, answer["problem"]


def wrong(answers):
    return {name: words for name, (outcome, words) in answers.items() if outcome == "berbeda"}


def rewritten(bundle, path, change):
    """The bundle with one of its files changed."""
    with zipfile.ZipFile(bundle) as old:
        content = {name: old.read(name) for name in old.namelist()}
    content[path] = change(content[path])
    with zipfile.ZipFile(bundle, "w") as new:
        for name, body in content.items():
            new.writestr(name, body)


def test_what_was_issued_is_found_whole_in_every_point(pdf, bundle):
    for (status, answers, problem), beside in ((verify(pdf), ()), (verify(pdf, bundle), ("Isi bundel",))):
        assert (status, wrong(answers), problem) == (0, {}, "")
        assert {name: outcome for name, (outcome, _words) in answers.items()} == dict.fromkeys(
            (
                "Berkas PDF",
                "Data laporan",
                "Angka",
                "Bukti dukung",
                "Jejak audit",
                "Catatan di sini",
                "Kepala jejak",
                *beside,
            ),
            "sesuai",
        )
        assert answers["Bukti dukung"][1] == "1 berkas cocok"


def test_a_report_as_it_is_really_printed_is_found_whole(proven, agreement, bp3mi, petugas, humas, tmp_path):
    report = issue(agreement, bp3mi, petugas, humas)
    path = tmp_path / "laporan.pdf"
    with report.pdf.open("rb") as file:
        path.write_bytes(file.read())

    status, answers, _problem = verify(path)

    assert (status, wrong(answers)) == (0, {})


def test_one_changed_byte_of_evidence_is_red_and_named(pdf, bundle):
    with zipfile.ZipFile(bundle) as archive:
        path = next(name for name in archive.namelist() if name.startswith("bukti/"))
    rewritten(bundle, path, lambda body: body[:-1] + bytes([body[-1] ^ 1]))

    status, answers, _problem = verify(pdf, bundle)

    assert status == 1
    assert wrong(answers) == {"Bukti dukung": f"B{Evidence.objects.get().pk} foto.png: isi berkas berubah"}


def test_changed_evidence_in_the_store_is_red_and_named(pdf):
    stored = Evidence.objects.get().file
    with open(stored.path, "r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))

    status, answers, _problem = verify(pdf)

    assert status == 1
    assert "foto.png: isi berkas berubah" in wrong(answers)["Bukti dukung"]


def test_evidence_that_is_gone_is_red(pdf, bundle):
    os.unlink(Evidence.objects.get().file.path)

    assert verify(pdf)[0] == 1


def test_one_changed_byte_of_the_pdf_is_red(pdf, bundle):
    body = pdf.read_bytes()
    pdf.write_bytes(body.replace(b"terbit", b"terbiT"))

    status, answers, _problem = verify(pdf, bundle)

    assert status == 1
    assert "Berkas PDF" in wrong(answers)


def test_the_draft_of_the_same_data_is_not_the_issued_file(issued, pdf, bundle):
    with issued.draft_pdf.open("rb") as file:
        pdf.write_bytes(file.read())

    assert list(wrong(verify(pdf, bundle)[1])) == ["Berkas PDF"]


def test_changed_data_are_red_even_when_their_digest_is_changed_along(pdf, bundle):
    rewritten(bundle, "data.json", lambda body: body.replace(b'"total":1', b'"total":2'))
    assert "berubah sejak dibekukan" in wrong(verify(pdf, bundle)[1])["Data laporan"]
    with zipfile.ZipFile(bundle) as archive:
        digest = hashlib.sha256(archive.read("data.json")).hexdigest()

    def with_new_digest(body):
        return json.dumps(json.loads(body) | {"snapshot_sha256": digest}).encode()

    rewritten(bundle, "manifest.json", with_new_digest)
    answers = wrong(verify(pdf, bundle)[1])

    assert "yang tercetak di PDF" in answers["Data laporan"]
    assert "Jumlah komitmen (total): tercetak 2, menurut barisnya 1" in answers["Angka"]
    assert "mencatat data laporan yang lain" in answers["Jejak audit"]


def test_a_changed_event_is_red(pdf, bundle):
    def other_person(body):
        trail = json.loads(body)
        trail["events"][-1]["actor_id"] = 4711
        return json.dumps(trail).encode()

    rewritten(bundle, "jejak.json", other_person)

    assert "berubah" in wrong(verify(pdf, bundle)[1])["Jejak audit"]


@pytest.mark.parametrize(("kept", "words"), [(0, "tidak ada pada rantai"), (1, "tidak sampai pada laporan")])
def test_a_chain_that_does_not_reach_the_report_is_red(pdf, bundle, kept, words):
    def shortened(body):
        trail = json.loads(body)
        assert len(trail["links"]) > kept
        trail["links"] = trail["links"][:kept]
        return json.dumps(trail).encode()

    rewritten(bundle, "jejak.json", shortened)

    assert words in wrong(verify(pdf, bundle)[1])["Jejak audit"]


def test_a_head_that_is_not_in_the_local_trail_is_red(pdf, bundle, issued):
    Report.objects.filter(pk=issued.pk).update(code="HJKM-NPQR-S1")
    assert verify(pdf, bundle)[1]["Kepala jejak"] == ("tidak diperiksa", "laporan ini bukan dari sistem ini")
    Report.objects.filter(pk=issued.pk).update(code=issued.code)
    head = json.loads(issued.snapshot)["audit_head"]
    assert Event.objects.filter(hash=head).exists()

    rewritten(bundle, "data.json", lambda body: body.replace(head.encode(), b"0" * 64))

    assert "Kepala jejak" in wrong(verify(pdf, bundle)[1])


def test_a_bundle_made_up_as_a_whole_does_not_pass_for_what_was_issued_here(issued, pdf, bundle):
    snapshot = issued.snapshot.replace('"zone":"Asia/Jakarta"', '"zone":"Asia/Makassar"')
    digest = hashlib.sha256(snapshot.encode()).hexdigest()
    forged = plain_pdf(issued.code, grouped(digest), "terbit")
    pdf.write_bytes(forged)
    printed = hashlib.sha256(forged).hexdigest()

    def retold(body):
        trail = json.loads(body)
        for event in trail["events"]:
            if event["verb"] == "report.published":
                event["after"] |= {"snapshot": digest, "pdf": printed}
                event["hash"] = row_hash(event_of(event))
        return json.dumps(trail).encode()

    def claimed(body):
        return json.dumps(json.loads(body) | {"snapshot_sha256": digest, "pdf": {"berkas terbit": printed}}).encode()

    rewritten(bundle, "laporan.pdf", lambda _body: forged)
    rewritten(bundle, "data.json", lambda _body: snapshot.encode())
    rewritten(bundle, "jejak.json", retold)
    rewritten(bundle, "manifest.json", claimed)

    status, answers, _problem = verify(pdf, bundle)

    assert (status, wrong(answers)) == (1, {"Catatan di sini": "data laporan lain daripada yang tercatat di sini"})


def test_another_file_with_the_same_data_is_not_the_one_issued_here(issued, pdf, bundle):
    forged = plain_pdf(issued.code, grouped(issued.snapshot_sha256), "terbit", "kata lain")
    pdf.write_bytes(forged)
    digest = hashlib.sha256(forged).hexdigest()
    rewritten(bundle, "manifest.json", lambda body: json.dumps(json.loads(body) | {"pdf": {"x": digest}}).encode())

    assert wrong(verify(pdf, bundle)[1])["Catatan di sini"] == "berkas lain daripada yang tercatat di sini"


def test_a_forged_file_added_beside_the_issued_one_is_red_without_a_database_too(issued, pdf, bundle):
    forged = plain_pdf(issued.code, grouped(issued.snapshot_sha256), "terbit", "100 komitmen selesai")
    pdf.write_bytes(forged)
    digest = hashlib.sha256(forged).hexdigest()

    def claimed(body):
        manifest = json.loads(body)
        return json.dumps(manifest | {"pdf": manifest["pdf"] | {"berkas arsip": digest}}).encode()

    rewritten(bundle, "manifest.json", claimed)

    assert wrong(verify(pdf, bundle)[1])["Jejak audit"] == "peristiwa penerbitan mencatat berkas yang lain"


def test_what_was_withdrawn_since_is_whole_and_said_to_be_withdrawn(issued, pdf, bundle, humas):
    assert "Tercatat dan berlaku" in verify(pdf)[1]["Catatan di sini"][1]
    publishing.withdraw(issued, "Angka keliru", by=humas, at=NOW)

    for status, answers, _problem in (verify(pdf), verify(pdf, bundle)):
        assert (status, wrong(answers)) == (0, {})
        assert "Ditarik" in answers["Catatan di sini"][1]


@pytest.mark.parametrize("path", ["laporan.pdf", "bukti/../../pasang.sh", "manifest.json"])
def test_a_bundle_with_other_files_than_it_names_is_red(pdf, bundle, path):
    with zipfile.ZipFile(bundle) as archive:
        kept = archive.read("manifest.json") if path == "manifest.json" else b"lain"
    if path == "laporan.pdf":
        rewritten(bundle, path, lambda _body: b"%PDF-1.7 lain")
    else:
        with warnings.catch_warnings(), zipfile.ZipFile(bundle, "a") as archive:
            warnings.simplefilter("ignore")  # zipfile warns of a second file of one name
            archive.writestr(path, kept)

    status, answers, _problem = verify(pdf, bundle)

    assert status == 1
    assert path in wrong(answers)["Isi bundel"]


def test_a_bundle_that_lost_a_file_is_red(pdf, bundle):
    with zipfile.ZipFile(bundle) as old:
        content = {name: old.read(name) for name in old.namelist() if name != "laporan.pdf"}
    with zipfile.ZipFile(bundle, "w") as new:
        for name, body in content.items():
            new.writestr(name, body)

    assert wrong(verify(pdf, bundle)[1])["Isi bundel"] == "laporan.pdf tidak sesuai dengan daftar isinya"


def test_the_archive_file_is_found_whole_beside_the_issued_one(
    issued, petugas, humas, as_person, tmp_path, monkeypatch
):
    forms = Rendered(plain_pdf(issued.code, grouped(issued.snapshot_sha256), "arsip"), 1)
    monkeypatch.setattr(archive, "print_archive", lambda report: forms)
    archive.archived(issued, by=humas, at=NOW)
    kept, path = tmp_path / "arsip.pdf", tmp_path / "bundel.zip"
    kept.write_bytes(forms.pdf)
    path.write_bytes(as_person(petugas).get(reverse("reports:bundle", args=[issued.code])).getvalue())

    status, answers, _problem = verify(kept, path)

    assert (status, wrong(answers)) == (0, {})
    assert answers["Berkas PDF"] == ("sesuai", "berkas arsip")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("manifest.json", b"[]"),
        ("data.json", b"[1]"),
        ("data.json", b"{}"),
        ("jejak.json", b'{"events": [{"hash": "x", "verb": "x"}], "links": []}'),
        ("jejak.json", b'{"events": ["x"], "links": []}'),
        ("jejak.json", b"[" * 100_000),
    ],
)
def test_a_bundle_of_nonsense_is_said_to_be_unreadable(pdf, bundle, path, content):
    rewritten(bundle, path, lambda _body: content)

    status, _answers, problem = verify(pdf, bundle)

    assert (status, problem) == (2, "Isi bundel tidak terbaca.")


def test_the_bundle_needs_no_database(pdf, bundle, tmp_path):
    env = os.environ | {
        "SIMPUL_HOME": str(tmp_path / "kosong"), "DATABASE_URL": f"sqlite:///{tmp_path}/tidak-ada.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip

    done = subprocess.run(
        [sys.executable, "manage.py", "verify_report", str(pdf), "--bundle", str(bundle)],
        env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert "tanpa basis data" in done.stdout
    assert not (tmp_path / "tidak-ada.sqlite3").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"bukan pdf", "tidak terbaca sebagai PDF"), (b"", "tidak terbaca sebagai PDF")],
)
def test_what_is_no_pdf_is_not_checked(db, tmp_path, content, said):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)

    status, answers, problem = verify(path)

    assert (status, answers) == (2, {})
    assert said in problem


def test_what_is_no_bundle_is_not_checked(pdf, bundle):
    bundle.write_bytes(b"PK nothing")
    assert (verify(pdf, bundle)[0], "zip" in verify(pdf, bundle)[2]) == (2, True)
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("manifest.json", "{}")
    assert verify(pdf, bundle)[0] == 2


def test_an_unknown_report_without_bundle_is_not_checked(pdf, issued):
    Report.objects.filter(pk=issued.pk).update(code="HJKM-NPQR-S1")

    status, _answers, problem = verify(pdf)

    assert status == 2
    assert "--bundle" in problem


def test_a_bundle_holds_evidence_only_for_those_who_may_read_it(issued, humas, petugas, as_person):
    def names(person):
        content = as_person(person).get(reverse("reports:bundle", args=[issued.code])).getvalue()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()

    assert any(name.startswith("bukti/") for name in names(petugas))
    assert names(humas) == ["laporan.pdf", "data.json", "jejak.json", "manifest.json"]


def test_what_was_not_handed_over_is_said_and_not_held_against_it(issued, pdf, humas, as_person, tmp_path):
    path = tmp_path / "bundel-humas.zip"
    path.write_bytes(as_person(humas).get(reverse("reports:bundle", args=[issued.code])).getvalue())

    status, answers, _problem = verify(pdf, path)

    assert status == 0
    assert answers["Bukti dukung"] == ("tidak diperiksa", "1 berkas tidak disertakan")


def test_a_draft_has_no_bundle(fast, proven, agreement, bp3mi, petugas, as_person):
    job = actions.request_report(agreement, QUARTER, issuer=bp3mi, by=petugas, at=NOW)
    draft = actions.make(actions.take(job.pk, at=NOW), at=NOW)

    assert as_person(petugas).get(reverse("reports:bundle", args=[draft.code])).status_code == 409
