"""A year of one agreement, small enough to count by hand and rich enough to show every kind of row."""

import datetime as dt
import json
from decimal import Decimal

from agencies.audit import head_hash, sha256
from agencies.models import Agency, AgencyKind, Agreement
from commitments.models import Consent, Strength
from commitments.status import Status
from reports.counting.figures import figures
from reports.counting.periods import end_instant, read_period
from reports.models import Report
from reports.snapshots.making import freeze
from reports.snapshots.snapshot import Snapshot, build_snapshot
from tests.factories import (
    AgencyFactory,
    AgreementFactory,
    ClauseFactory,
    CommitmentFactory,
    MeetingFactory,
    ProgressFactory,
    at,
)

CODE = "7KQ4-M2XD-9F"
WORDS = (
    "Kolaborasi edukasi dan sosialisasi kerja luar negeri yang aman dan prosedural ke SMK serta lembaga pelatihan",
    "Optimalisasi bursa kerja bersama Suku Dinas Tenaga Kerja",
    "Pemetaan minat calon pekerja migran di tingkat kelurahan",
    "Pelindungan keluarga pekerja migran melalui layanan terpadu",
    "Pertukaran data calon pekerja migran setiap bulan",
    "Pelatihan bahasa bagi peserta dari sepuluh kecamatan",
    "Penyusunan bahan publikasi bersama",
    "Penunjukan narahubung tetap",
)
STATES = (
    Status.RUNNING, Status.DONE, Status.RUNNING, Status.BLOCKED, Status.SUBMITTED, Status.NOT_STARTED, Status.UNMET,
    Status.NOT_STARTED,
)  # fmt: skip


def issuing_office(**values: object) -> Agency:
    """An office with letterhead and a place to sign."""
    return AgencyFactory(
        **{
            "code": "bp3mi-uji",
            "kind": AgencyKind.FIELD_OFFICE,
            "name": "Balai Pelayanan Uji Coba Kota Contoh",
            "short_name": "BP3MI Uji",
            "letterhead": "Kementerian Contoh\nBalai Pelayanan Uji Coba\nKota Contoh",
            "address_line": "Alamat instansi (dari data instansi)",
            "signing_place": "Kota Contoh",
            "signing_post": "Kepala Balai",
        }
        | values
    )


def year_of_work(host: Agency, *, rows: int = 8, **values: object) -> Agreement:
    """An agreement with two meetings, three scope items and ``rows`` commitments in every condition."""
    city = AgencyFactory(kind=AgencyKind.CITY, name="Kota Administrasi Contoh", short_name="Kota Contoh")
    units = [AgencyFactory(name=f"Suku Dinas Contoh {x}", short_name=f"Sudin Contoh {x}", parent=city) for x in "AB"]
    agreement = AgreementFactory(host_agency=host, parties=[host, city], **values)
    scope = [
        ClauseFactory(agreement=agreement, number=str(n), text=text)
        for n, text in enumerate(("Sosialisasi peluang kerja", "Pelatihan calon pekerja", "Pertukaran data"), start=1)
    ]
    meeting = MeetingFactory(host_agency=host, counterpart=city, agreement=agreement, is_open_list=True)
    for n in range(rows):
        due_on = dt.date(2026, 3, 5 + n % 20) if n % 8 in (2, 4, 7) else dt.date(2026, 6, 30) if n % 8 != 5 else None
        commitment = CommitmentFactory(
            code=f"K-2026-{n + 1:03d}",
            meeting=meeting,
            wording=WORDS[n % 8],
            status=STATES[n % 8],
            lead=units[n % 2] if n % 8 not in (5, 7) else None,
            due_on=due_on,
            due_basis="AGREED" if n % 8 in (0, 1, 2, 3, 4) else "PROPOSED" if due_on else "",
            target=Decimal(12) if n % 8 != 5 else None,
            unit="SMK" if n % 8 != 5 else "",
            clauses=[scope[0]] if n % 8 < 4 else [scope[1], scope[0]] if n % 8 == 4 else [],
            is_example=bool(values.get("is_example")),
        )
        if n % 8 in (0, 3):
            ProgressFactory(
                commitment=commitment,
                realised=5,
                text="Jadwal kunjungan disepakati; 5 SMK terlaksana.",
                author__name="A",
            )
        if n % 8 in (0, 1):
            Consent.objects.create(
                agency=units[n % 2], terms=commitment.terms.get(), strength=Strength.CONFIRMED, at=at("2026-02-01")
            )
    return agreement


def snapshot_of(agreement: Agreement, issuer: Agency, *, code: str = CODE, period: str = "2026-TW1") -> Snapshot:
    """The snapshot of an agreement at the end of a quarter, told on a fixed instant."""
    made_at = at("2026-03-31", "16.20")
    return build_snapshot(
        figures(agreement, read_period(period), made_at),
        agreement=agreement,
        issuer=issuer,
        code=code,
        made_at=made_at,
        audit_head=head_hash(),
    )


def report_of(agreement: Agreement, *, at: dt.datetime, period: str = "2026-TW1", **changes: object) -> Report:
    """A draft by the host with its snapshot and without pages; ``changes`` are put into the snapshot."""
    span = read_period(period)
    snapshot = json.loads(freeze(agreement, span, issuer=agreement.host_agency, at=at)) | changes
    text = json.dumps(snapshot)
    return Report.objects.create(
        code=snapshot["code"], agreement=agreement, issuer=agreement.host_agency, period=period,
        starts_on=span.starts_on, ends_on=span.ends_on, as_of=min(at, end_instant(span)), snapshot=text,
        snapshot_sha256=sha256(text), made_at=at, is_example=snapshot["is_example"],
    )  # fmt: skip
