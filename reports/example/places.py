"""Agencies of the example: real ones by their public names, fictional ones marked *contoh*.

Sources of the real names: the press release of the meeting (see ``real.py``) and beritajakarta.id, cited there.
"""

import datetime as dt
from dataclasses import dataclass

from agencies.actions import add_agency
from agencies.models import Agency, AgencyKind


@dataclass(frozen=True)
class Place:
    """An agency to be in the directory."""

    code: str
    kind: str
    name: str
    short_name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    is_example: bool = False
    region: str = ""


REAL = (
    Place(
        "kp2mi",
        AgencyKind.MINISTRY,
        "Kementerian Pelindungan Pekerja Migran Indonesia",
        "KP2MI",
        aliases=("KemenP2MI", "KP2MI/BP2MI", "BP2MI", "Kementerian P2MI"),
    ),
    Place(
        "bp3mi-jakarta",
        AgencyKind.FIELD_OFFICE,
        "Balai Pelayanan Pelindungan Pekerja Migran Indonesia Jakarta",
        "BP3MI Jakarta",
        "kp2mi",
        ("BP3MI DKI Jakarta",),
        region="Jakarta",
    ),
    Place(
        "pemprov-dki",
        AgencyKind.PROVINCE,
        "Pemerintah Provinsi DKI Jakarta",
        "Pemprov DKI Jakarta",
        aliases=("Pemprov DKI", "Pemerintah Provinsi Daerah Khusus Jakarta"),
        region="Jakarta",
    ),
    Place(
        "jakbar",
        AgencyKind.CITY,
        "Pemerintah Kota Administrasi Jakarta Barat",
        "Pemkot Jakarta Barat",
        "pemprov-dki",
        ("Pemkot Administrasi Jakarta Barat", "Kota Administrasi Jakarta Barat"),
        region="Jakarta Barat",
    ),
    Place(
        "jaksel",
        AgencyKind.CITY,
        "Pemerintah Kota Administrasi Jakarta Selatan",
        "Pemkot Jakarta Selatan",
        "pemprov-dki",
        ("Pemkot Administrasi Jakarta Selatan", "Kota Administrasi Jakarta Selatan"),
        region="Jakarta Selatan",
    ),
    Place(
        "ekon",
        AgencyKind.SECTION,
        "Bagian Perekonomian Kota Administrasi Jakarta Barat",
        "Bag. Perekonomian",
        "jakbar",
        ("Bagian Perekonomian",),
    ),
    Place(
        "naker",
        AgencyKind.CITY_OFFICE,
        "Suku Dinas Tenaga Kerja dan Transmigrasi Kota Administrasi Jakarta Barat",
        "Sudin Nakertrans",
        "jakbar",
        ("Suku Dinas Tenaga Kerja dan Transmigrasi", "Nakertransgi"),
    ),
    Place(
        "dik1",
        AgencyKind.CITY_OFFICE,
        "Suku Dinas Pendidikan Wilayah I Kota Administrasi Jakarta Barat",
        "Sudin Pendidikan I",
        "jakbar",
        ("Suku Dinas Pendidikan Wilayah I",),
    ),
    Place(
        "dik2",
        AgencyKind.CITY_OFFICE,
        "Suku Dinas Pendidikan Wilayah II Kota Administrasi Jakarta Barat",
        "Sudin Pendidikan II",
        "jakbar",
        ("Suku Dinas Pendidikan Wilayah II",),
    ),
    Place(
        "sos",
        AgencyKind.CITY_OFFICE,
        "Suku Dinas Sosial Kota Administrasi Jakarta Barat",
        "Sudin Sosial",
        "jakbar",
        ("Suku Dinas Sosial",),
    ),
    Place(
        "ppapp",
        AgencyKind.CITY_OFFICE,
        "Suku Dinas Pemberdayaan, Pelindungan Anak, dan Pengendalian Penduduk Kota Administrasi Jakarta Barat",
        "Sudin PPAPP",
        "jakbar",
        ("Suku Dinas Pemberdayaan, Pelindungan Anak, dan Pengendalian Penduduk", "Suku Dinas PPAPP"),
    ),
)

FICTIONAL = tuple(
    Place(code, kind, name, short, parent, is_example=True)
    for code, kind, name, short, parent in (
        ("kementerian-contoh", AgencyKind.MINISTRY, "Kementerian Contoh", "Kementerian Contoh", None),
        ("pemprov-contoh", AgencyKind.PROVINCE, "Pemerintah Provinsi Contoh", "Pemprov Contoh", None),
        ("kota-contoh", AgencyKind.CITY, "Kota Administrasi Contoh", "Kota Adm. Contoh", "pemprov-contoh"),
        ("contoh-a", AgencyKind.CITY_OFFICE, "Suku Dinas Contoh A", "Sudin Contoh A", "kota-contoh"),
        ("contoh-b", AgencyKind.CITY_OFFICE, "Suku Dinas Contoh B", "Sudin Contoh B", "kota-contoh"),
        ("contoh-c", AgencyKind.CITY_OFFICE, "Suku Dinas Contoh C", "Sudin Contoh C", "kota-contoh"),
        ("asing", AgencyKind.REGIONAL_OFFICE, "Dinas Contoh Lain", "Dinas Contoh Lain", None),
        ("inspektorat-contoh", AgencyKind.INSPECTORATE, "Inspektorat Contoh", "Inspektorat Contoh", None),
    )
)


def settle(places: tuple[Place, ...], *, at: dt.datetime) -> dict[str, Agency]:
    """Add the agencies that are missing; return all by code."""
    for place in places:
        if Agency.objects.filter(code=place.code).exists():
            continue
        parent = Agency.objects.get(code=place.parent) if place.parent else None
        add_agency(
            by=None,
            at=at,
            code=place.code,
            kind=place.kind,
            name=place.name,
            short_name=place.short_name,
            parent=parent,
            region=place.region,
            aliases=place.aliases,
            is_example=place.is_example,
        )
    return {agency.code: agency for agency in Agency.objects.filter(code__in=[place.code for place in places])}
