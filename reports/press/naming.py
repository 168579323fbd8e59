"""Offices in a text: whether they are part of the facts, and whether they are said to do what they took on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from commitments.reading.release.office_words import COMMON_HEADS, DIS, HEADS, NEVER_ALONE
from commitments.reading.release.offices import Directory, Mention
from commitments.reading.spans import Span
from reports.press.facts import Office, PressFacts, Row
from reports.press.findings import Answer, different, no_data, verified
from reports.press.linking import Region
from reports.press.posts import folded
from reports.press.strangers import is_headline

_LEAD = re.compile(
    r"\b(?:penanggung jawab(?:nya)?|pic|pj|dipimpin oleh|dikoordinasikan oleh|di bawah tanggung jawab)"
    r"(?:[ ](?:ialah|adalah|yaitu|oleh|pada))?[ ]?[:,]?[ ]?\Z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:oleh|di(?!hadiri|pimpin|terima|ikuti|catat|sambut|dampingi|undang)[a-z]{4,20})[ ]\Z|[a-z][ ]\(\Z",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"[ ](?:juga[ ])?(?:akan|telah|sudah|siap|berencana|berkomitmen|sedang"
    r"|masih|belum|baru|bakal|berhasil|bertekad|menyanggupi"
    r"|bertanggung jawab|memimpin)\b",
    re.IGNORECASE,
)
_MET = re.compile(r"\b(?:audiensi|pertemuan|rapat)\b[^.;,]{0,40}\b(?:dengan|bersama)[ ]\Z", re.IGNORECASE)
_HOSTS = re.compile(r"[ ](?:menggelar|melaksanakan|mengadakan|menyelenggarakan)[ ](?:audiensi|pertemuan|rapat)", re.I)
_PACT = re.compile(r"\b(?:kesepakatan|kesepahaman|perjanjian)\b[^.;]{0,160}\bantara[ ][^.;]{0,120}\Z", re.IGNORECASE)
_PACT_OVER = re.compile(r"\b(?:ditandatangani|tanggal|yang)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\b(?:hadir|dihadiri|diikuti|peserta)\b[^.;]*\Z", re.IGNORECASE)
_JOINT = re.compile(r"[ ](?:(?P<mark>[-\u2013\u2014|/])|&|\+|dan|serta)[ ]")
_DAY_BEHIND = re.compile(r"[ ][0-9]{1,2}\Z")  # "Bappeda 25" of "oleh Bappeda 25 Juni"
_SURE = (HEADS | DIS) - COMMON_HEADS - NEVER_ALONE  # *Pemkab*, *Polres*: one of a sort in a place
_AROUND = 240


def apart(mention: Mention, flat: str, directory: Directory) -> list[Mention]:
    """The offices in what was read as one name: *Polres & DKP*, and *BPBD - 30/9/2026* without the day."""
    if mention.code is None and (tail := _DAY_BEHIND.search(mention.span.of(flat))):
        span = Span(mention.span.start, mention.span.start + tail.start())
        agency = directory.lookup(span.of(flat))
        mention = Mention(span, span.of(flat), agency.code if agency else None)
    for found in _JOINT.finditer(flat, mention.span.start, mention.span.end) if mention.code is None else ():
        first, second = Span(mention.span.start, found.start()), Span(found.end(), mention.span.end)
        one, other = directory.lookup(first.of(flat)), directory.lookup(second.of(flat))
        is_day = found["mark"] and second.of(flat)[:1].isdigit()
        if one or other or is_day:
            before = Mention(first, first.of(flat), one.code if one else None)
            behind = Mention(second, second.of(flat), other.code if other else None)
            return [before] if found["mark"] and not other else [before, *apart(behind, flat, directory)]
    return [mention]


def judge_office(mention: Mention, facts: PressFacts, regions: Sequence[Region], flat: str, sentence: Span) -> Answer:
    """Compare one mention: by what it is said to do, else by whether the facts know it at all."""
    if mention.code is None:
        mention = replace(mention, code=_shortened(mention.span.of(flat), facts))
    if mention.code is None:
        is_lead = _LEAD.search(flat, max(sentence.start, mention.span.start - 60), mention.span.start)
        return no_data(_("tidak ada di daftar instansi")) if is_lead else _unlisted(mention, facts, flat)
    mention = replace(mention, code=_in_headline(mention, facts, flat, sentence))
    before = flat[max(sentence.start, mention.span.start - _AROUND) : mention.span.start]
    after = flat[mention.span.end : mention.span.end + 60]
    return (
        _of_row(mention, facts, regions, before, after)
        or _of_meeting(mention, facts, before, after)
        or _of_pact(mention, facts, before)
        or _beside_row(mention, facts, regions, before)
        or _known(mention, facts, before)
    )


def _unlisted(mention: Mention, facts: PressFacts, flat: str) -> Answer:
    """A name that the directory does not have: only the recorded words can hold it."""
    words = folded(mention.span.of(flat))
    for row in facts.rows:
        if _holds(row.wording, words) or words == folded(row.unit):
            return verified(_("sama dengan rumusan komitmen"), row.code)
    if facts.pact and _holds(facts.pact.title, words):
        return verified(_("sama dengan judul kesepakatan"), facts.pact.code)
    if any(_holds(one.place, words) for one in facts.occasions):
        return verified(_("sama dengan tempat pertemuan"), facts.occasions[0].code)
    person = next((one for one in facts.people if _holds(one.words, words)), None)
    if person is not None:
        return verified(_("jabatan sesuai catatan"), person.source)
    return no_data(_("tidak ada di daftar instansi"))


def _holds(recorded: str, words: str) -> bool:
    """Whether whole words stand in recorded ones: *Wilayah I* is no part of *Wilayah III*."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", folded(recorded)) is not None


def _shortened(words: str, facts: PressFacts) -> str | None:
    """The one recorded office whose name begins with these words, two at least: *Dinas Komunikasi dan Informatika*."""
    if " " not in words.strip() and words.strip().casefold() not in _SURE:
        return None  # *Balai*, *Dinas*: any office of that sort
    found = {one.code for one in (*facts.offices, facts.issuer) if _begins_with(one, folded(words))}
    return found.pop() if len(found) == 1 else None


def _in_headline(mention: Mention, facts: PressFacts, flat: str, sentence: Span) -> str | None:
    """In a headline, the one recorded office whose short name holds the words: *Kemenkum* for *Kanwil Kemenkum X*."""
    offices = (*facts.offices, facts.issuer)
    if not is_headline(sentence.of(flat)) or mention.code in {one.code for one in offices}:
        return mention.code
    found = {one.code for one in offices if _holds(one.short_name, folded(mention.span.of(flat)))}
    return found.pop() if len(found) == 1 else mention.code


def _begins_with(office: Office, word: str) -> bool:
    return any(folded(name).startswith(f"{word} ") for name in (office.short_name, office.name))


def _of_row(mention: Mention, facts: PressFacts, regions: Sequence[Region], before: str, after: str) -> Answer | None:
    """Whether it leads or supports the commitment that it is said to do."""
    is_lead = bool(_LEAD.search(before))
    does = bool(_DOES.match(after)) or any(
        one.span.start == mention.span.end + 1 and after[:1] == " " for one in regions
    )
    is_by = _BY.search(before) is not None
    if not (is_lead or does or is_by):
        return None
    around = [one for one in regions if one.span.start < mention.span.start and mention.span.end < one.span.end]
    ahead = [one for one in regions if one.span.start >= mention.span.end]
    behind = [one for one in regions if one.span.end <= mention.span.start]
    region = (ahead[:1] or behind[-1:]) if does and not is_lead and not is_by else (behind[-1:] or ahead[:1])
    region = around[:1] or region
    if not region:
        return None
    answers = [_does_it(mention, row, facts, is_lead=is_lead) for row in region[0].rows]
    return next((one for one in answers if one.verdict == "VERIFIED"), answers[0])


def _does_it(mention: Mention, row: Row, facts: PressFacts, *, is_lead: bool) -> Answer:
    if mention.code == row.lead:
        return verified(_("penanggung jawab komitmen ini"), row.code)
    if not is_lead and mention.code in row.supporting:
        return verified(_("pendukung komitmen ini"), row.code)
    if row.lead:
        lead = facts.office(row.lead)
        name = lead.short_name if lead else row.lead
        return different(_("penanggung jawab yang tercatat lain"), name, row.code)
    occasion = facts.occasion
    if occasion and not is_lead and mention.code in (occasion.host, occasion.counterpart):
        return verified(_("salah satu pihak dalam pertemuan"), row.code)
    return no_data(_("penanggung jawab komitmen ini belum tercatat"), "", row.code)


def _beside_row(mention: Mention, facts: PressFacts, regions: Sequence[Region], before: str) -> Answer | None:
    """Whether it has part in a commitment that its sentence speaks of; a side of the meeting may always be named."""
    rows = [row for region in regions for row in region.rows]
    occasion = facts.occasion
    sides = {facts.issuer.code, *((occasion.host, occasion.counterpart) if occasion else ())}
    if not rows or mention.code in sides or _PRESENT.search(before):
        return None
    if row := next((row for row in rows if mention.code == row.lead or mention.code in row.supporting), None):
        return verified(_("tercatat pada komitmen"), row.code)
    leads = [office.short_name for row in rows if (office := facts.office(row.lead))]
    return no_data(_("tidak tercatat pada komitmen ini"), ", ".join(dict.fromkeys(leads)), rows[0].code)


def _of_meeting(mention: Mention, facts: PressFacts, before: str, after: str) -> Answer | None:
    """Whether it is one of the two sides of the meeting it is said to hold."""
    occasion = facts.occasion
    if occasion is None or not occasion.counterpart or not (_MET.search(before) or _HOSTS.match(after)):
        return None
    if mention.code in (occasion.host, occasion.counterpart):
        return verified(_("salah satu pihak dalam pertemuan"), occasion.code)
    right = facts.office(occasion.counterpart if _MET.search(before) else occasion.host)
    return different(_("pihak pertemuan yang tercatat lain"), right.short_name if right else "", occasion.code)


def _of_pact(mention: Mention, facts: PressFacts, before: str) -> Answer | None:
    found = _PACT.search(before)
    if facts.pact is None or not facts.pact.parties or found is None:
        return None
    if _PACT_OVER.search(before, before.rfind("antara ")):
        return None
    if mention.code in facts.pact.parties:
        return verified(_("salah satu pihak kesepakatan"), facts.pact.code)
    names = [office.short_name for code in facts.pact.parties if (office := facts.office(code))]
    return different(_("para pihak yang tercatat lain"), ", ".join(names), facts.pact.code)


def _known(mention: Mention, facts: PressFacts, before: str) -> Answer:
    """Whether the facts know it, and as present where that is said."""
    occasion = facts.occasion
    if occasion:
        there = {occasion.host, occasion.counterpart, *occasion.present}
        if mention.code in there:
            return verified(_("tercatat hadir"), occasion.code)
        if occasion.present and _PRESENT.search(before):
            return no_data(_("tidak tercatat hadir"), "", occasion.code)
    for row in facts.rows:
        if mention.code == row.lead or mention.code in row.supporting:
            return verified(_("tercatat pada komitmen"), row.code)
    if mention.code == facts.issuer.code or (facts.pact and mention.code in facts.pact.parties):
        return verified(_("tercatat pada data ini"), facts.subject)
    if any(mention.code == one.counterpart for one in facts.occasions):
        return verified(_("mitra pertemuan yang tercatat"), facts.subject)
    return no_data(_("instansi ini tidak tercatat pada data ini"))
