"""The real part: two Nota Kesepakatan and the audiensi of 28 January 2026, as far as the sources go.

Commitments stand in their quoted words, without owner, date, scope item or place, because the source names
none. What is not public stays empty. Sources: addresses below.
"""

import datetime as dt

from agencies.actions import PartyEntry, enter_agreement
from agencies.models import Agency, Agreement, Relation, User
from commitments.actions.entries import LineEntry, MeetingEntry, Presence
from commitments.actions.recording import log_meeting, share
from commitments.actions.terms import TermsEntry
from commitments.models import Kind
from config.workdays import WIB
from meetings.actions import add_statement
from meetings.models import Meeting

OCTOBER_SOURCE = (
    "https://m.beritajakarta.id/read/148416/Pemprov%20DKI-KP2MI%20Sepakat%20Perkuat%20Perlindungan%20Pekerja%20Migran"
)
JANUARY_SOURCE = (
    "https://m.beritajakarta.id/read/142086/pemprov-dki-kp2mi-tanda-tangani-nota-kesepakatan-lindungi-pekerja-migran"
)
RELEASE = (
    "https://kp2mi.go.id/berita-detail/"
    "bp3mi-jakarta-dan-pemkot-jakarta-barat-perkuat-sinergi-pelindungan-pekerja-migran-indonesia"
)
LINES = (
    "kolaborasi edukasi dan sosialisasi ke lembaga pendidikan dan pelatihan",
    "optimalisasi pelaksanaan job fair atau bursa kerja",
    "sinergi pencegahan dan penanganan TPPO",
    "monitoring bersama lembaga penempatan Pekerja Migran Indonesia",
    "penjajakan pembentukan Kelurahan Migran Emas di wilayah Jakarta Barat",
)
STATEMENTS = (
    (
        "Kepala BP3MI Jakarta",
        "bp3mi-jakarta",
        (
            "Audiensi ini menjadi momentum untuk memperkuat sinergi dan kolaborasi "
            "dalam pelindungan Pekerja Migran Indonesia"
        ),
    ),
    (
        "Wali Kota Jakarta Barat",
        "jakbar",
        "Penguatan job fair, sosialisasi ke Sekolah Menengan Kejuruan, serta perlindungan bagi keluarga pekerja migran",
    ),
    (
        "Perwakilan Suku Dinas Tenaga Kerja dan Transmigrasi Jakarta Barat",
        "naker",
        "kolaborasi akan difokuskan pada monitoring dan evaluasi hasil penempatan Pekerja Migran Indonesia",
    ),
)
EXPLORED = "penjajakan"
PRESENT = ("ekon", "naker", "dik1", "dik2", "sos", "ppapp")


def tell(agencies: dict[str, Agency], officer: User) -> Agreement:
    """Enter the agreements and log the meeting, as the officer of BP3MI Jakarta would have on its day."""
    existing = Agreement.objects.filter(code="NK-2025-001").first()
    if existing:
        return existing
    host = agencies["bp3mi-jakarta"]
    signed = dt.datetime(2025, 10, 30, 9, 0, tzinfo=WIB)
    older = enter_agreement(
        by=None,
        at=signed,
        code="NK-2025-002",
        signed_on=dt.date(2025, 1, 20),
        title="Penyelenggaraan Penempatan dan Pelindungan Calon dan/atau Pekerja Migran Indonesia "
        "Asal Daerah Provinsi DKI Jakarta",
        place="Aula KH Abdurrahman Wahid, Kantor BP2MI",
        host_agency=host,
        source_url=JANUARY_SOURCE,
        parties=[
            PartyEntry(agencies["kp2mi"], "Abdul Kadir Karding", "Menteri Pelindungan Pekerja Migran Indonesia"),
            PartyEntry(agencies["pemprov-dki"], "Teguh Setyabudi", "Penjabat Gubernur DKI Jakarta"),
        ],
    )
    agreement = enter_agreement(
        by=None,
        at=signed,
        code="NK-2025-001",
        signed_on=dt.date(2025, 10, 29),
        place="Balai Kota DKI Jakarta",
        host_agency=host,
        source_url=OCTOBER_SOURCE,
        parent=older,
        relation=Relation.UNKNOWN,
        parties=[
            PartyEntry(agencies["kp2mi"], "Mukhtarudin", "Menteri Pelindungan Pekerja Migran Indonesia"),
            PartyEntry(agencies["pemprov-dki"], "Pramono Anung", "Gubernur DKI Jakarta"),
        ],
    )
    _audience(agencies, agreement, officer)
    return agreement


def _audience(agencies: dict[str, Agency], agreement: Agreement, officer: User) -> Meeting:
    """The audiensi: five typed lines, each with its span; shared the same afternoon."""
    at = dt.datetime(2026, 1, 28, 16, 0, tzinfo=WIB)
    text, entries, start = "\n".join(LINES), [], 0
    for line in LINES:
        kind = Kind.EXPLORATION if line.startswith(EXPLORED) else Kind.AGREED
        entries.append(LineEntry(TermsEntry(wording=line), start, start + len(line), kind=kind))
        start += len(line) + 1
    meeting = log_meeting(
        MeetingEntry(
            host_agency=agencies["bp3mi-jakarta"],
            held_on=dt.date(2026, 1, 28),
            counterpart=agencies["jakbar"],
            agreement=agreement,
            led_by="Kepala BP3MI Jakarta, Kombes Pol. Arman Muis",
            received_by="Wali Kota Jakarta Barat, Iin Mutmainnah",
            is_open_list=True,
            source_url=RELEASE,
            present=tuple(Presence(agencies[code]) for code in PRESENT),
        ),
        text=text,
        lines=entries,
        by=officer,
        at=at,
    )
    for speaker, code, words in STATEMENTS:
        add_statement(
            meeting, speaker=speaker, agency=agencies[code], verbatim=words, source_url=RELEASE, by=officer, at=at
        )
    return share(meeting, by=officer, at=at)
