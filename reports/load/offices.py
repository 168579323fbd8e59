"""The made-up nation: one head office, its field offices, and the provinces, cities and units they deal with."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from agencies.models import (
    Agency,
    AgencyKind,
    Agreement,
    Clause,
    Party,
    Post,
    Role,
    Tenure,
    User,
)
from agencies.models.agency import Zone
from reports.example.accounts import email_of, example_password
from reports.load.phrases import SCOPES

REGIONS = 23
CITIES = 4
ZONES = (Zone.WIB, Zone.WIB, Zone.WITA, Zone.WIT)
UNITS = ("Nakertrans", "Pendidikan", "Sosial", "PPAPP", "Kominfo")
SINCE = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class City:
    """A city and its units."""

    agency: Agency
    units: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A field office with its people and those it deals with. ``scopes`` holds the scope items of each agreement."""

    office: Agency
    officer: User
    supervisor: User
    province: Agency
    cities: tuple[City, ...]
    agreements: tuple[Agreement, ...]
    scopes: dict[int, tuple[Clause, ...]]


def found_nation(*, at: dt.datetime) -> list[Region]:
    """Return the regions, made once: a second load goes on with the same offices, people and agreements."""
    head = _office("beban-pusat", AgencyKind.MINISTRY, "Kementerian Contoh Beban", None)
    keyed = make_password(example_password())
    _person("pimpinan.pusat", "Pimpinan Kantor Pusat", head, Role.SUPERVISOR, keyed)
    return [_region(number, head, keyed, at=at) for number in range(1, REGIONS + 1)]


def _region(number: int, head: Agency, keyed: str, *, at: dt.datetime) -> Region:
    tag, zone = f"{number:02d}", ZONES[number % len(ZONES)]
    office = _office(f"beban-balai-{tag}", AgencyKind.FIELD_OFFICE, f"BP3MI Contoh {tag}", head, zone)
    province = _office(f"beban-prov-{tag}", AgencyKind.PROVINCE, f"Pemprov Contoh {tag}", None, zone)
    cities = tuple(_city(f"{tag}-{place}", province, zone) for place in range(1, CITIES + 1))
    _person(f"petugas.mitra{tag}", f"Petugas Sudin Contoh {tag}", cities[0].units[0], Role.OFFICER, keyed)
    agreements = tuple(_agreement(f"NK-CONTOH-{tag}-{n}", office, (head, province), at=at) for n in (1, 2))
    return Region(
        office,
        _person(f"petugas.balai{tag}", f"Petugas BP3MI Contoh {tag}", office, Role.OFFICER, keyed),
        _person(f"pimpinan.balai{tag}", f"Pimpinan BP3MI Contoh {tag}", office, Role.SUPERVISOR, keyed),
        province,
        cities,
        agreements,
        {agreement.pk: tuple(agreement.clauses.order_by("pk")) for agreement in agreements},
    )


def _city(tag: str, province: Agency, zone: Zone) -> City:
    city = _office(f"beban-kota-{tag}", AgencyKind.CITY, f"Pemkot Contoh {tag}", province, zone)
    units = (
        _office(f"beban-{name.lower()}-{tag}", AgencyKind.CITY_OFFICE, f"Sudin {name} Contoh {tag}", city, zone)
        for name in UNITS
    )
    return City(city, tuple(units))


def _office(code: str, kind: AgencyKind, name: str, parent: Agency | None, zone: Zone = Zone.WIB) -> Agency:
    facts = {"kind": kind, "name": name, "short_name": name, "parent": parent, "zone": zone, "is_example": True}
    region = name.removeprefix("Pemkot ") if kind == AgencyKind.CITY else parent.region if parent else ""
    return Agency.objects.get_or_create(code=code, defaults=facts | {"region": region})[0]


def _person(account: str, name: str, agency: Agency, role: Role, keyed: str) -> User:
    facts = {"name": name, "password": keyed}
    user, is_new = User.objects.get_or_create(email=email_of(account), defaults=facts)
    if is_new:
        post = Post.objects.create(agency=agency, title=str(role.label))
        Tenure.objects.create(post=post, user=user, role=role, starts_on=SINCE)
    return user


def _agreement(code: str, host: Agency, sides: tuple[Agency, ...], *, at: dt.datetime) -> Agreement:
    signed_on = (at - dt.timedelta(days=3 * 365)).date()
    facts = {
        "title": f"Penempatan dan Pelindungan Pekerja Migran ({host.short_name})", "signed_on": signed_on,
        "starts_on": signed_on, "host_agency": host, "is_example": True, "created_at": at,
    }  # fmt: skip
    agreement, is_new = Agreement.objects.get_or_create(code=code, defaults=facts)
    if is_new:
        Party.objects.bulk_create(
            Party(agreement=agreement, agency=side, position=n) for n, side in enumerate(sides, start=1)
        )
        Clause.objects.bulk_create(
            Clause(agreement=agreement, number=str(n), text=f"{text} (contoh)", position=n, is_example=True)
            for n, text in enumerate(SCOPES, start=1)
        )
    return agreement
