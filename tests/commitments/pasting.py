"""A release with known findings, and what the paste page's form says of it."""

import datetime as dt
import re

from commitments.reading.release import (
    Found,
    FoundAgency,
    FoundCommitment,
    FoundDate,
    FoundPerson,
    FoundStatement,
    Kind,
    Part,
    Reason,
    Release,
)
from commitments.reading.spans import Span, normalise

TEXT = """Jakarta - BP3MI Uji menggelar audiensi dengan Kota Uji pada Rabu (28/1/2026) di Balai Warga.
Hadir Suku Dinas Tenaga Kerja, Suku Dinas Sosial, dan Badan Baru Uji. Audiensi dipimpin Kepala BP3MI Uji.
Pertemuan ini tindak lanjut nota kesepakatan tanggal 29 Oktober 2025.
“Kami siap membuka layanan di kelurahan,” ujar Wali Kota Uji.
Audiensi menghasilkan kesepakatan, antara lain pendataan bersama, pelatihan pendamping oleh Suku Dinas Sosial.
Kedua pihak mungkin menjajaki pos terpadu.
"""
REASON = Reason("outcome", {"words": "menghasilkan kesepakatan"})


def span_in(text, words):
    """Where words stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def key_in(text, words):
    """How the fields of a row for these words are named."""
    span = span_in(text, words)
    return f"{span.start}-{span.end}"


def release_of(text, *, agencies=()):
    """What a good reader would find in ``TEXT``; in any other text, nothing."""
    text = normalise(text)
    if "Balai Warga" not in text:
        return Release(text)

    def at(words):
        return {"text": words, "span": span_in(text, words), "reason": REASON}

    known = {name: agency.code for agency in agencies for name in (agency.name, agency.short_name)}

    def agency(words):
        return FoundAgency(**at(words), is_sure=True, name=words, code=known.get(words))

    def commitment(words, *, is_sure, kind=Kind.AGREED, codes=()):
        return FoundCommitment(
            **at(words), is_sure=is_sure, kind=kind, agencies=(), codes=codes, due_on=None, due_span=None
        )

    return Release(
        text,
        held_on=FoundDate(**at("Rabu (28/1/2026)"), is_sure=True, on=dt.date(2026, 1, 28)),
        place=Found(**at("Balai Warga"), is_sure=True),
        host=agency("BP3MI Uji"),
        partner=agency("Kota Uji"),
        agencies=tuple(
            map(agency, ("BP3MI Uji", "Kota Uji", "Suku Dinas Tenaga Kerja", "Suku Dinas Sosial", "Badan Baru Uji"))
        ),
        people=(
            FoundPerson(
                **at("Kepala BP3MI Uji"), is_sure=True, name=None, post="Kepala BP3MI Uji", agency=None, part=Part.LEADS
            ),
        ),  # fmt: skip
        legal_basis=(Found(**at("nota kesepakatan tanggal 29 Oktober 2025"), is_sure=True),),
        commitments=(
            commitment("Kami siap membuka layanan di kelurahan", is_sure=False, kind=Kind.PLEDGE),
            commitment("pendataan bersama", is_sure=True),
            commitment("pelatihan pendamping oleh Suku Dinas Sosial", is_sure=True, codes=("sosial",)),
            commitment("menjajaki pos terpadu", is_sure=False, kind=Kind.EXPLORATION),
        ),
        statements=(
            FoundStatement(**at("Kami siap membuka layanan di kelurahan,"), is_sure=True, speaker="Wali Kota Uji"),
        ),
        open_list=Found(**at("antara lain"), is_sure=True),
    )


def fields_of(page, form="paste-form"):
    """What a browser would send back from the form of a page: names and values of its inputs as they stand."""
    form = page[page.index(f'class="{form}"') :]
    found = {}

    def add(name, value):
        found.setdefault(name, []).append(value)

    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = attribute(tag, "name"), attribute(tag, "type")
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            add(name, attribute(tag, "value") or ("on" if kind == "checkbox" else ""))
    for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        add(name, unescaped(value))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        add(name, unescaped(chosen[1]))
    return found


def attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescaped(found[1]) if found else ""


def unescaped(words):
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        words = words.replace(mark, letter)
    return words
