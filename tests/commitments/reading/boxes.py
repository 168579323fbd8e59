"""The vocabulary that the tests of the box read with."""

import datetime as dt

from commitments.reading.quickadd import AgencyName, ClauseName, Line, Reading, parse

MEETING = dt.date(2026, 1, 28)
AGENCIES = [
    AgencyName("naker", "Suku Dinas Contoh Tenaga Kerja", "Sudin Nakertrans", ("Disnaker", "Sudin Naker")),
    AgencyName("dik1", "Suku Dinas Contoh Pendidikan Wilayah I", "Sudin Pendidikan I"),
    AgencyName("dik2", "Suku Dinas Contoh Pendidikan Wilayah II", "Sudin Pendidikan II"),
    AgencyName("sos", "Suku Dinas Contoh Sosial", "Sudin Sosial"),
    AgencyName("ppapp", "Suku Dinas Contoh PPAPP", "Sudin PPAPP"),
    AgencyName("pemkot-contoh", "Pemerintah Kota Contoh", "Pemkot Contoh"),
]
CLAUSES = [ClauseName("1", "Edukasi"), ClauseName("2", "Penempatan"), ClauseName("3.1.b", "Pemantauan")]


def read(text: str) -> Reading:
    return parse(text, meeting_on=MEETING, agencies=AGENCIES, clauses=CLAUSES)


def read_one(text: str) -> Line:
    (line,) = read(text).lines
    return line
