"""``manage.py read_release``: what a press release or minutes say, without the page and without saving."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from commitments.forms.box import AgencyVocabulary
from commitments.reading.dates import long_date, short_date
from commitments.reading.names import AgencyName
from commitments.reading.release import (
    Found,
    FoundCommitment,
    FoundDate,
    FoundPerson,
    Kind,
    Release,
    as_labels,
    read_release,
)

LARGEST = 2_000_000  # bytes of a file
KINDS = {Kind.AGREED: "kesepakatan", Kind.PLAN: "rencana", Kind.PLEDGE: "kesanggupan", Kind.EXPLORATION: "penjajakan"}


class Command(BaseCommand):
    """Prints what was found, or with ``--json`` the labels' shape and nothing else."""

    help = "Membaca siaran pers atau notula dari berkas teks; tidak menyimpan apa pun."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the choices."""
        parser.add_argument("file", metavar="BERKAS", help="berkas teks (UTF-8) yang hanya berisi isi berita")
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")

    def handle(self, *args: Any, file: str, json: bool, **options: Any) -> None:
        """Read the file and print."""
        release = read_release(body_of(Path(file)), agencies=known_agencies())
        self.stdout.write(as_json(release) if json else in_words(release))


def body_of(path: Path) -> str:
    """Return the text of a file. Raises CommandError, with the reason, when there is none to read."""
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f'Berkas "{path}" terlalu besar, paling besar 2 MB.')
        received = path.read_bytes()
    except OSError as error:
        raise CommandError(f'Berkas "{path}" tidak dapat dibuka.') from error
    try:
        text = received.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f'Berkas "{path}" bukan teks UTF-8.') from error
    if "\0" in text:
        raise CommandError(f'Berkas "{path}" bukan teks.')
    return text


def known_agencies() -> tuple[AgencyName, ...]:
    """Return the names of the directory; none where there is no database yet."""
    try:
        return AgencyVocabulary().names
    except DatabaseError:
        return ()


def as_json(release: Release) -> str:
    """What was found for other programs."""
    return json.dumps(as_labels(release), ensure_ascii=False, indent=1)


def in_words(release: Release) -> str:
    """What was found for people, each with its reason."""
    lines = [remark.text for remark in release.remarks]
    lines += [f"Tanggal    {_day(release.held_on)}", f"Terbit     {_day(release.published_on)}"]
    for title, found in (("Tempat", release.place), ("Pengelola", release.host), ("Mitra", release.partner)):
        lines.append(f"{title:<11}{_said(found)}")
    lines += _part("Instansi", [f"{agency.name} ({agency.code or 'instansi baru?'})" for agency in release.agencies])
    lines += _part("Orang", [_person(person) for person in release.people])
    lines += _part("Dasar", [_said(basis) for basis in release.legal_basis])
    lines += _part("Komitmen", [_commitment(commitment) for commitment in release.commitments])
    lines += _part("Kutipan", [f"{said.speaker or 'tidak disebut'}: {_flat(said.text)}" for said in release.statements])
    if release.open_list:
        lines.append(f"Daftar komitmen terbuka: {release.open_list.reason.text}.")
    if not release.commitments:
        lines.append("Tidak ada komitmen yang terbaca.")
    return "\n".join(lines)


def _part(title: str, rows: list[str]) -> list[str]:
    return [f"{title} ({len(rows)})", *(f"  {row}" for row in rows)] if rows else []


def _flat(text: str) -> str:
    return " ".join(text.split())


def _checked(found: Found) -> str:
    return f"[{'cocok' if found.is_sure else 'perlu dicek'}: {found.reason.text}]"


def _said(found: Found | None) -> str:
    return f"{_flat(found.text)} {_checked(found)}" if found else "tidak ditemukan"


def _day(found: FoundDate | None) -> str:
    if found is None:
        return "tidak ditemukan"
    return f"{long_date(found.on) if found.on else _flat(found.text)} {_checked(found)}"


def _person(person: FoundPerson) -> str:
    return f"{person.name or 'nama tidak disebut'}, {person.post} [{person.reason.text}]"


def _commitment(found: FoundCommitment) -> str:
    due = f", tenggat {short_date(found.due_on)}" if found.due_on else ""
    return f"{KINDS[found.kind]}: {_flat(found.text)}{due} {_checked(found)}"
