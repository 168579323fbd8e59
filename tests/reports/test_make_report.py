"""``manage.py make_report`` makes the report an office can ask for at any past instant."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from reports.management.commands.make_report import read_instant
from reports.models import Report
from tests.factories import AgreementFactory, CommitmentFactory, MeetingFactory
from tests.reports.poppler import requires_poppler, text_of


@pytest.fixture
def bare(agreement, bp3mi, city):
    """Five shared lines without owner, date, target or scope, like those of the first audiensi."""
    meeting = MeetingFactory(host_agency=bp3mi, counterpart=city, agreement=agreement, is_open_list=True)
    return [CommitmentFactory(code=f"K-2026-{n:03d}", meeting=meeting) for n in range(1, 6)]


def run(path, capsys, **options):
    given = {"agreement": "NK-2025-001", "period": "2026-TW1", "on": "2026-03-31T16:20", "out": str(path)} | options
    call_command("make_report", **given)
    return capsys.readouterr().out


@requires_poppler
def test_five_lines_without_owner_or_date_are_listed_all_the_same(bare, tmp_path, capsys):
    out = tmp_path / "laporan.pdf"

    said = run(out, capsys)

    report, text = Report.objects.get(), text_of(out.read_bytes())
    assert [row.code for row in bare if row.code not in text] == []
    assert "belum ada penanggung jawab" in text
    assert report.code in said
    assert report.snapshot_sha256 in said
    assert report.code in text
    assert not report.is_published


def test_the_issuer_is_the_host_of_the_first_meeting_unless_named(bare, unit, tmp_path, capsys):
    run(tmp_path / "a.pdf", capsys)
    run(tmp_path / "b.pdf", capsys, issuer="naker")

    assert [report.issuer.code for report in Report.objects.order_by("pk")] == ["bp3mi", "naker"]


def test_a_naive_instant_is_jakarta_time():
    assert read_instant("2026-03-31T16:20") == dt.datetime(2026, 3, 31, 9, 20, tzinfo=dt.UTC)
    assert read_instant("2026-03-31T16:20+09:00") == dt.datetime(2026, 3, 31, 7, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agreement": "NK-1999-001"}, "tidak ditemukan"),
        ({"period": "2026-TW9"}, "Periode ditulis"),
        ({"on": "kemarin"}, "bukan waktu"),
        ({"issuer": "entah"}, "tidak ditemukan"),
    ],
)
def test_nonsense_is_refused_in_words_and_stores_nothing(bare, tmp_path, capsys, wrong, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path / "x.pdf", capsys, **wrong)

    assert not Report.objects.exists()
    assert list(tmp_path.iterdir()) == []


@requires_poppler
def test_an_agreement_without_anything_gives_an_honest_report(bp3mi, tmp_path, capsys):
    AgreementFactory(code="NK-2026-009", host_agency=bp3mi)
    out = tmp_path / "kosong.pdf"

    run(out, capsys, agreement="nk-2026-009")

    text = text_of(out.read_bytes())
    assert "Belum ada komitmen pada periode ini." in text
    assert "Ruang lingkup kesepakatan ini belum diisi." in text
