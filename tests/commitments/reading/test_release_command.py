"""``manage.py read_release``: for people in words, for programs as JSON and nothing else."""

import json
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from commitments.management.commands import read_release as command

TEXT = (
    "Rawa Indah - Dinas Sosial Kota Rawa Indah menggelar rapat di Aula Dinas Sosial, Rabu (28/1/2026). "
    "Rapat menghasilkan kesepakatan, antara lain pendataan ulang lansia dan penjajakan rumah singgah.\n"
)


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "rilis.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def read(capsys, *arguments):
    call_command("read_release", *map(str, arguments))
    return capsys.readouterr().out


@pytest.mark.django_db
def test_json_is_the_labels_and_nothing_else(release, capsys):
    found = json.loads(read(capsys, release, "--json"))

    assert found["date"] == "2026-01-28"
    assert [(one["kind"], one["is_exploration"]) for one in found["commitments"]] == [
        ("agreed", False),
        ("agreed", True),
    ]
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found["commitments"])


@pytest.mark.django_db
def test_people_read_sentences_with_reasons(release, capsys):
    said = read(capsys, release)

    assert "Rabu, 28 Januari 2026 [cocok: hari dan tanggal cocok]" in said
    assert "kesepakatan: pendataan ulang lansia" in said
    assert "penjajakan: penjajakan rumah singgah" in said
    assert "instansi baru?" in said


@pytest.mark.django_db
def test_an_agency_of_the_directory_comes_with_its_code(release, capsys, unit):
    unit.short_name = "Dinas Sosial Kota Rawa Indah"
    unit.save()

    found = json.loads(read(capsys, release, "--json"))

    assert found["spans"]["agencies"][0]["code"] == unit.code


def test_a_database_without_tables_is_no_obstacle(release, capsys, monkeypatch):
    def no_tables():
        raise OperationalError("no such table") from sqlite3.OperationalError()

    monkeypatch.setattr(command, "AgencyVocabulary", no_tables)

    assert json.loads(read(capsys, release, "--json"))["commitments"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "tidak dapat dibuka"),
        (b"\xff\xfe\x00", "bukan teks"),
        (b"a\x00b", "bukan teks"),
        (b"a" * 2_000_001, "terlalu besar"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path, content, reason):
    path = tmp_path / "berkas"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("read_release", str(path))


@pytest.mark.django_db
def test_a_text_without_commitments_says_so(tmp_path, capsys):
    path = tmp_path / "kosong.txt"
    path.write_text("", encoding="utf-8")

    assert "Tidak ada komitmen yang terbaca." in read(capsys, path)
