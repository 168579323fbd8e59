"""Personal data that must not leave in a text for the press: where it stands and what it looks like.

Codes of documents, numbers of letters, dates and official addresses are no personal data. An official's number
(NIP) and a landline are pointed at and stop nothing; everything else stops the release.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.reading.spans import Span
from config.forms import Text

_WHO = (
    r"(?:korban|penyintas|anak|siswa|siswi|pelajar|bayi|balita|remaja|saksi|pmi|cpmi|pekerja migran|warga|pasien"
    r"|tkw|tki)"
)
_NAME = r"[A-Z][a-z'-]{2,20}"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One place. ``is_blocking``: the text cannot be released while it stands there."""

    span: Span
    what: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    what: Text
    rule: re.Pattern[str]
    is_blocking: bool = True
    holds: Callable[[str], bool] = bool


def _digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdigit())


def _is_identity_number(words: str) -> bool:
    """Sixteen digits; written in groups they must also hold a day and a month, as the number of a person does."""
    digits = _digits(words)
    if words == digits:
        return True
    day, month = int(digits[6:8]), int(digits[8:10])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _is_mobile(words: str) -> bool:
    return 9 <= len(_digits(words)) <= 14


def _is_private_address(words: str) -> bool:
    return not words.lower().endswith((".go.id", ".example"))


_PATTERNS = (
    _Pattern(
        gettext_lazy("NIP"),
        re.compile(
            r"(?<![\w.-])19[4-9][0-9](?:0[1-9]|1[0-2])[0-3][0-9][ ]?(?:19|20)[0-9]{4}[ ]?[12][ ]?[0-9]{3}(?![\w-])"
        ),
        is_blocking=False,
    ),
    _Pattern(
        gettext_lazy("NIK atau nomor kartu"),
        re.compile(
            r"(?<![\w./-])(?:[0-9](?:[ .-]{0,3}[0-9]){15}|[0-9]{4}(?P<a>[/_])[0-9]{4}(?P=a)[0-9]{4}(?P=a)[0-9]{4}"
            r"|[0-9]{6}(?P<b>[/_])[0-9]{6}(?P=b)[0-9]{4})(?![\w/-])(?![.,][0-9])"
        ),
        holds=_is_identity_number,
    ),
    _Pattern(
        gettext_lazy("nomor telepon"),
        re.compile(r"(?<![\w./-])(?:\(?\+?62\)?|0)[ .-]{0,3}8[1-9](?:[ .-]{0,3}[0-9]){6,10}(?![\w/])"),
        holds=_is_mobile,
    ),
    _Pattern(
        gettext_lazy("nomor telepon kantor"),
        re.compile(r"(?<![\w./-])\(?0[2-79][0-9]{1,2}\)?[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?![\w/-])(?![.,][0-9])"),
        is_blocking=False,
    ),
    _Pattern(
        gettext_lazy("alamat surel"),
        re.compile(
            r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}[ ]?(?:@|\[at\]|\(at\))[ ]?"
            r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
        ),
        holds=_is_private_address,
    ),
    _Pattern(
        gettext_lazy("nomor paspor"),
        re.compile(r"(?<![\w-])[A-Z]{1,2}[ ]?[0-9]{7}(?![\w-])"
            r"|\b(?i:paspor)\b[^.;\n]{0,30}?\b[A-Z]{1,2}(?:[ ]?[0-9]){6,7}\b"),
    ),
    _Pattern(
        gettext_lazy("nomor rekening"),
        re.compile(r"\b(?:rekening|norek|no\.?[ ]?rek)\b\.?[^.;\n]{0,40}?[0-9](?:[ .-]?[0-9]){7,17}", re.IGNORECASE),
    ),
    _Pattern(
        gettext_lazy("nama atau inisial orang yang dilindungi"),
        re.compile(
            rf"\b(?i:{_WHO})\b(?i:(?:[ ](?!bernama|berinisial|atas|a\.n)[\w-]{{2,20}}){{0,6}})[ ,(]{{1,2}}"
            r"(?i:bernama|berinisial|inisial|atas nama|a\.n\.?|yang bernama|yakni|yaitu)[ ]"
            r"(?:[A-Z][\w.'-]{0,20})(?:[ ][A-Z][\w.'-]{0,20}){0,4}"
        ),
    ),
    _Pattern(
        gettext_lazy("nama dengan umur"),
        re.compile(
            rf"\b{_NAME}(?:[ ]{_NAME}){{0,3}}[ ]?\((?:(?i:umur|usia)[ ])?[0-9]{{1,2}}(?:[ ](?i:tahun|thn|th))?\)"
            rf"|\b{_NAME}(?:[ ]{_NAME}){{0,3}},?[ ](?i:berusia|berumur|umur|usia)[ ][0-9]{{1,2}}[ ]?(?i:tahun|thn)"
        ),
    ),
    _Pattern(
        gettext_lazy("alamat rumah"),
        re.compile(
            r"\bRT[ .]{0,2}[0-9]{1,3}[ ]?[/,]?[ ]?(?:RW[ .]{0,2})?[0-9]{1,3}\b"
            r"|\b(?i:beralamat|bertempat tinggal|rumah(?:nya)?|kediaman(?:nya)?|domisili)\b[^.;\n]{0,30}?"
            r"\b(?:Jl|Jalan|Gang|Gg|Dusun|Kampung)\b\.?[ ][A-Z][\w ]{1,30}"
        ),
    ),
    _Pattern(
        gettext_lazy("tempat atau tanggal lahir"),
        re.compile(
            r"\b(?:kelahiran|lahir(?:[ ]di)?)\b[^.;\n]{0,40}?[0-9]{1,2}[ /-][A-Za-z0-9]{1,9}[ /-][0-9]{4}",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip


def find_personal_data(text: str) -> list[PersonalData]:
    """Every place that looks like personal data, in order; one place is told once."""
    plain = _plain(text)
    found = [
        PersonalData(Span(*match.span()), str(pattern.what), pattern.is_blocking)
        for pattern in _PATTERNS
        for match in pattern.rule.finditer(plain)
        if pattern.holds(match[0])
    ]
    kept: list[PersonalData] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def kinds_in(text: str) -> str:
    """What kinds of personal data may not stand in a text that everybody reads, in words; empty when none does."""
    return ", ".join(dict.fromkeys(one.what for one in find_personal_data(text) if one.is_blocking))


def _plain(text: str) -> str:
    """The text at the same length: digits of any script as 0 to 9, blanks and unseen marks as a blank, dashes as -."""
    return text if text.isascii() else "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    if letter.isdecimal():
        return str(int(letter))
    kind = unicodedata.category(letter)
    if kind in ("Zs", "Cf"):
        return " "
    return "-" if kind == "Pd" or letter == "\N{MINUS SIGN}" else letter


def place_words(text: str, found: PersonalData) -> str:
    """``NIK atau nomor kartu pada baris 3: ...7890`` with most of the value hidden."""
    line = text.count("\n", 0, found.span.start) + 1
    words = found.span.of(text)
    shown = words if len(words) < 5 else f"{words[:3]}\u2026{words[-2:]}"
    return _("%(what)s pada baris %(line)d: %(shown)s") % {"what": found.what, "line": line, "shown": shown}
