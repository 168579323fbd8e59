"""The sentences of a brief: facts with their dates, and at most three neutral questions with their reason."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Agreement
from commitments.carry import Why
from commitments.models import Commitment, Progress
from commitments.notifications import shorten
from commitments.status import Status
from commitments.words import basis_words, schedule_mark
from config.templatetags.waktu import distance, tanggal, tanggal_hari, tanggal_pendek, zone_label
from meetings.models import Attendance, Meeting
from reports.papers.brief_facts import BriefFacts, Open, Since

QUESTIONS = 3
PEOPLE = 3
QUOTE, WORDING = 90, 100  # letters of an objection and of a commitment that are quoted
STATE = 32  # letters of a status with what stands beside it; of longer ones one is printed


@dataclasses.dataclass(frozen=True)
class Question:
    """One thing to ask: about which commitment, and what, with its reason."""

    about: str
    words: str


def questions(rows: Sequence[Open], *, at: dt.datetime) -> list[Question]:
    """What to ask the partner first: late, disputed, silent, without date, then the nearest date.

    Neither duties of the host in which the partner has no part are asked about, nor what was reported as done.
    """
    asked = sorted((row for row in rows if _is_askable(row)), key=_urgency)
    return [_question(row, at=at) for row in asked[:QUESTIONS]]


def summary(facts: BriefFacts) -> str:
    """How many commitments are open and whose they are, how many are late, how many the partner confirmed."""
    rows = facts.open_rows
    if not rows:
        none = _("Belum ada komitmen terbuka di antara kedua instansi.")
        done = ngettext("%(n)d komitmen sudah ditutup.", "%(n)d komitmen sudah ditutup.", facts.closed)
        return f"{none} {done % {'n': facts.closed}}" if facts.closed else none
    owners = (
        (_("instansi kita"), sum(row.is_ours for row in rows)),
        (_("mitra"), sum(row.is_theirs for row in rows)),
        (_("instansi lain"), sum(_is_elsewhere(row) for row in rows)),
        (_("belum ditetapkan"), sum(row.commitment.lead_id is None for row in rows)),
    )
    words = ngettext("%(n)d komitmen terbuka", "%(n)d komitmen terbuka", len(rows)) % {"n": len(rows)}
    if any(row.commitment.meeting is not None and row.commitment.meeting.is_open_list for row in rows):
        words = _("Sekurang-kurangnya %(words)s") % {"words": words}
    whose = ", ".join(f"{name} {count}" for name, count in owners if count)
    parts = [_("%(words)s (penanggung jawab: %(whose)s)") % {"words": words, "whose": whose}]
    late = [row.commitment.days_past(at=facts.at) for row in rows if row.carried.why == Why.LATE]
    if late:
        parts.append(_("%(n)d melewati tenggat, terlama %(days)d hari") % {"n": len(late), "days": max(late)})
    confirmed = sum(row.stood.is_confirmed_by_partner for row in rows)
    said = _("%(n)d dari %(m)d komitmen dikonfirmasi mitra") % {"n": confirmed, "m": len(rows)}
    return f"{'; '.join(parts)}. {said}."


def occasion(meeting: Meeting) -> str:
    """``Audiensi, Rabu, 8 April 2026 pukul 09.00 WIB, di Balai Kota (A-2026-007)``."""
    words = f"{meeting.get_kind_display()}, {tanggal_hari(meeting.held_on)}"
    if meeting.starts_at is not None:
        begins = dt.datetime.combine(meeting.held_on, meeting.starts_at, tzinfo=meeting.host_agency.clock)
        words += _(" pukul %(time)s") % {"time": f"{begins:%H.%M} {zone_label(begins)}"}
    if meeting.place:
        words += _(", di %(place)s") % {"place": meeting.place}
    state = "" if meeting.status == "HELD" else f", {meeting.get_status_display()}"
    return f"{words} ({meeting.code}{state})"


def people(rows: Sequence[Attendance]) -> str:
    """Whom the partner sent before: name, post and agency, the last ones first."""
    named = [f"{', '.join(filter(None, [row.name, row.post_text]))} ({row.agency.short_name})" for row in rows]
    rest = len(named) - PEOPLE
    return "; ".join(named[:PEOPLE]) + (_("; dan %(n)d lainnya") % {"n": rest} if rest > 0 else "")


def last_meeting(meeting: Meeting | None) -> str:
    """The meeting before, and who led and received it as far as it was noted."""
    if meeting is None:
        return _("belum tercatat pertemuan sebelumnya")
    words = f"{meeting.get_kind_display()}, {tanggal(meeting.held_on)} ({meeting.code})"
    if meeting.led_by:
        words += _(", dipimpin oleh %(who)s") % {"who": meeting.led_by}
    if meeting.received_by:
        words += _(", diterima oleh %(who)s") % {"who": meeting.received_by}
    return words


def last_word(entry: Progress | None) -> str:
    """The last news that came from the partner; empty when there was none."""
    if entry is None:
        return ""
    told_by = (entry.on_behalf_of or entry.agency).short_name
    facts = {"day": tanggal(entry.at), "who": told_by, "code": entry.commitment.code}
    return _("%(day)s dari %(who)s tentang %(code)s") % facts


def agreement(found: Agreement | None, *, today: dt.date) -> str:
    """Kind, date and code, and until when it holds as far as that is known; empty without an agreement."""
    if found is None:
        return ""
    words = f"{found.get_kind_display()} {tanggal(found.signed_on)} ({found.code})"
    if found.ends_on is None:
        return words
    left = (found.ends_on - today).days
    if left < 0:
        return _("%(words)s, berakhir %(day)s") % {"words": words, "day": tanggal(found.ends_on)}
    facts = {"words": words, "day": tanggal(found.ends_on), "left": left}
    return _("%(words)s, berlaku sampai %(day)s (tinggal %(left)d hari)") % facts


def since(found: Since) -> str:
    """The numbers since the last meeting in one sentence."""
    counted = (
        (found.done, _("%(n)d selesai (terverifikasi)")),
        (found.unmet, _("%(n)d tidak dapat ditindaklanjuti")),
        (found.fresh, _("%(n)d komitmen baru")),
        (found.shifts, _("tenggat diubah %(n)d kali")),
    )
    parts = [words % {"n": number} for number, words in counted if number]
    if found.entries:
        numbers = {"n": found.entries, "m": found.on_commitments}
        parts.insert(0, _("%(n)d kabar perkembangan pada %(m)d komitmen") % numbers)
    return f"{', '.join(parts)}." if parts else _("Belum ada perkembangan yang tercatat.")


def entry(found: Progress) -> str:
    """One line of the journal: day, commitment, who, what."""
    who = (found.on_behalf_of or found.agency).short_name
    return f"{tanggal_pendek(found.at)} · {found.commitment.code} · {who}: {shorten(found.text, 200)}"


def due_words(commitment: Commitment) -> str:
    """``30 Jun 2026 (usulan)``, or that there is none yet."""
    if commitment.due_on is None:
        return _("tenggat belum ditetapkan")
    return f"{tanggal_pendek(commitment.due_on)} ({basis_words(commitment)})"


def state_words(row: Open, *, at: dt.datetime) -> str:
    """The status, and what stands beside it (lateness, objection, silence, nearness)."""
    status, beside = str(row.commitment.get_status_display()), row.carried.words
    mark = schedule_mark(row.commitment, at=at)
    if row.carried.why == Why.SILENT and mark is not None:
        beside = mark.words
    if beside == status:
        return status
    both = f"{status}, {beside}"
    if len(both) <= STATE:
        return both
    return status if row.commitment.status == Status.SUBMITTED else beside


def _is_elsewhere(row: Open) -> bool:
    return row.commitment.lead_id is not None and not row.is_ours and not row.is_theirs


def _is_askable(row: Open) -> bool:
    is_reported = row.commitment.status == Status.SUBMITTED and row.carried.why != Why.DISPUTED
    return not is_reported and (not row.is_ours or row.they_support)


def _urgency(row: Open) -> tuple[int, bool, dt.date, str]:
    """Rows are asked about in this order; among equals those the partner leads come first."""
    commitment = row.commitment
    ladder = {Why.LATE: 1, Why.DISPUTED: 2, Why.SILENT: 3}
    rung = ladder.get(row.carried.why, 4 if commitment.due_on is None else 5)
    return rung, not row.is_theirs, commitment.due_on or dt.date.max, commitment.code


def _question(row: Open, *, at: dt.datetime) -> Question:
    commitment = row.commitment
    owner = f" ({commitment.lead.short_name})" if commitment.lead else ""
    about = f"{commitment.code} · {shorten(commitment.wording, WORDING)}{owner}"
    asked = {"question": _asked(row, at=at), "reason": _because(row, at=at)}
    return Question(about, _("%(question)s Karena %(reason)s.") % asked)


def _asked(row: Open, *, at: dt.datetime) -> str:
    commitment, why = row.commitment, row.carried.why
    is_undated = commitment.due_on is None or commitment.is_past_proposal(at=at)
    choices = (
        (row.is_ours, _("Dukungan apa dari mitra yang diperlukan?")),
        (why == Why.DISPUTED, _("Rumusan atau tanggal mana yang dapat disepakati bersama?")),
        (commitment.lead_id is None, _("Instansi mana yang menjadi penanggung jawab, dan kapan tenggatnya?")),
        (commitment.status == Status.BLOCKED, _("Dukungan apa yang diperlukan untuk mengatasi kendalanya?")),
        (why == Why.LATE, _("Apa yang masih diperlukan, dan kapan dapat diselesaikan?")),
        (why == Why.SILENT, _("Bagaimana perkembangannya, dan dukungan apa yang diperlukan?")),
        (is_undated, _("Tanggal mana yang dapat disepakati sebagai tenggat?")),
    )
    otherwise = _("Apakah masih sesuai rencana, dan dukungan apa yang diperlukan?")
    return next((words for is_so, words in choices if is_so), otherwise)


def _because(row: Open, *, at: dt.datetime) -> str:
    """What the record says, in words: the reason of the rung first, then what is missing."""
    commitment, parts = row.commitment, []
    if row.carried.why == Why.DISPUTED and row.stood.remarks:
        remark = row.stood.remarks[-1]
        parts.append(f"{remark.words} {remark.agency_name}: “{shorten(remark.text, QUOTE)}”")
    elif row.carried.why != Why.OPEN:
        parts.append(row.carried.words)
    if commitment.status == Status.BLOCKED:
        parts.append(_("terkendala"))
    if commitment.lead_id is None:
        parts.append(_("penanggung jawab belum ditetapkan"))
    if commitment.due_on is None:
        parts.append(_("tenggat belum ditetapkan"))
    elif row.carried.why == Why.OPEN:
        parts.append(_dated(commitment, at=at))
    return ", ".join(parts)


def _dated(commitment: Commitment, *, at: dt.datetime) -> str:
    assert commitment.due_on is not None
    mark = schedule_mark(commitment, at=at)
    if mark is not None and commitment.is_past_proposal(at=at):
        return mark.words
    zone = (commitment.lead or commitment.host_agency).clock
    return _("tenggat %(day)s (%(basis)s), %(far)s") % {
        "day": tanggal(commitment.due_on),
        "basis": basis_words(commitment),
        "far": distance(commitment.due_on, at.astimezone(zone).date()),
    }
