"""The words of reminders: computed from the true distance at the moment of sending, in Indonesian."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agencies.models import Contact, Delivery, Tenure, User
from commitments.addressees import HOST_DUTY
from commitments.models import Commitment, DueBasis, Reminder, Rung
from commitments.notifications import shorten
from commitments.reading.dates import MONTH_NAMES, long_date
from config.mail import plain_text
from config.templatetags.waktu import angka, zone_label
from config.workdays import WIB, day_of

SUBJECT_LONGEST = 60
SHOWN = 40
"""Lines of a mail; the rest is counted and stands in the app."""
SHOWN_BY_HAND = 8
"""Lines of a text sent by hand; more would not be read on a phone."""


@dataclass(frozen=True)
class Letter:
    """Subject and plain text of one message."""

    subject: str
    body: str


@dataclass(frozen=True)
class Entry:
    """One commitment in a message, with its words as of ``today`` in the lead's zone."""

    commitment: Commitment
    rung: str
    is_host_duty: bool
    today: dt.date

    @property
    def days(self) -> int:
        """Calendar days until the date; negative once it has passed."""
        return (self.commitment.due_on - self.today).days if self.commitment.due_on else 0

    @property
    def kind(self) -> str:
        """The group an entry is counted in: gaps, late, past, today or near."""
        if self.rung == Rung.GAPS:
            return "gaps"
        if self.days < 0:
            return "late" if self.is_agreed else "past"
        return "near" if self.days else "today"

    @property
    def is_agreed(self) -> bool:
        """Whether the date was agreed, and not only proposed."""
        return self.commitment.due_basis == DueBasis.AGREED

    @property
    def wording(self) -> str:
        """What was promised, on one line."""
        return shorten(self.commitment.wording, 200)

    @property
    def state(self) -> str:
        """``tinggal 7 hari (Selasa, 30 Juni 2026)``; a proposed date is called one."""
        if self.kind == "gaps":
            return _("belum lengkap: %(gaps)s") % {"gaps": ", ".join(self.commitment.gaps)}
        words = self._distance() if self.is_agreed or self.days >= 0 else self._past_proposal()
        date = long_date(self.commitment.due_on) if self.commitment.due_on else ""
        basis = "" if self.is_agreed else _(", tanggal usulan, belum disepakati")
        return f"{words} ({date}){basis}"

    @property
    def headline(self) -> str:
        """The state in a few words, for a subject line."""
        if self.is_host_duty and self.commitment.lead is not None:
            return _("Tugas: hubungi %(agency)s") % {"agency": shorten(self.commitment.lead.short_name, 24)}
        if self.kind == "gaps":
            return _("Perlu dilengkapi")
        if self.kind == "past":
            return _("Usulan lewat %(days)d hari") % {"days": -self.days}
        words = self._headline_of_date()
        return words if self.is_agreed else _("%(words)s (usulan)") % {"words": words}

    @property
    def duty(self) -> str:
        """What the host's officer is asked to do, and why it is not the lead who reads this."""
        lead = self.commitment.lead
        if not self.is_host_duty or lead is None:
            return ""
        if self.kind == "past":
            return _("Tugas: hubungi %(agency)s untuk menyepakati tenggat.") % {"agency": lead.short_name}
        return _("Tugas: hubungi %(agency)s (belum ada akun atau narahubung).") % {"agency": lead.short_name}

    @property
    def progress(self) -> str:
        """``1 dari 4 kali``; empty without a target."""
        target = self.commitment.target
        if target is None:
            return ""
        done = angka(self.commitment.realised or 0)
        return _("%(done)s dari %(target)s %(unit)s") % {
            "done": done, "target": angka(target), "unit": self.commitment.unit
        }  # fmt: skip

    @property
    def origin(self) -> str:
        """``Audiensi 28 Januari 2026, Nota Kesepakatan 29 Oktober 2025``: what was held and what it rests on."""
        meeting, agreement = self.commitment.meeting, self.commitment.agreement
        name = meeting.get_kind_display() if meeting else self.commitment.get_origin_display().capitalize()
        words = f"{name} {date_words(self.commitment.origin_on)}"
        if agreement is None:
            return words
        return f"{words}, {agreement.get_kind_display()} {date_words(agreement.signed_on)}"

    @property
    def link(self) -> str:
        """The commitment's page."""
        return f"{settings.SITE_URL}{self.commitment.get_absolute_url()}"

    def _distance(self) -> str:
        if self.days < 0:
            return _("terlambat %(days)d hari") % {"days": -self.days}
        named = {0: _("hari ini tenggat") if self.is_agreed else _("hari ini"), 1: _("besok")}
        return named.get(self.days) or _("tinggal %(days)d hari") % {"days": self.days}

    def _past_proposal(self) -> str:
        return _("lewat %(days)d hari") % {"days": -self.days}

    def _headline_of_date(self) -> str:
        if self.days < 0:
            return _("Terlambat %(days)d hari") % {"days": -self.days}
        named = {0: _("Hari ini tenggat"), 1: _("Besok tenggat")}
        return named.get(self.days) or _("%(days)d hari lagi") % {"days": self.days}


def entries_of(reminders: Sequence[Reminder], *, at: dt.datetime) -> list[Entry]:
    """The entries of a message in order of their date; gaps come last."""
    found = [
        Entry(
            commitment=reminder.commitment,
            rung=reminder.rung,
            is_host_duty=reminder.recipient.startswith(HOST_DUTY),
            today=at.astimezone((reminder.commitment.lead or reminder.commitment.host_agency).clock).date(),
        )
        for reminder in reminders
    ]
    return sorted(found, key=lambda entry: (entry.kind == "gaps", entry.days, entry.commitment.code))


def digest(user: User, entries: Sequence[Entry], *, at: dt.datetime, by_hand: int = 0) -> Letter:
    """The one mail of a person's day; ``by_hand`` texts wait for them to be sent by WhatsApp."""
    with override(settings.LANGUAGE_CODE):
        text = _rendered(
            "digest",
            addressee=_post_of(user, at),
            count=len(entries),
            entries=entries[:SHOWN],
            rest=len(entries[SHOWN:]),
            list=f"{settings.SITE_URL}{reverse('commitments:list')}",
            asks_for_news=any(entry.kind != "gaps" for entry in entries),
            sent_at=moment_words(at),
            by_hand=by_hand,
            inbox=f"{settings.SITE_URL}{reverse('commitments:inbox')}",
        )
        return Letter(subject_of(entries), text)


def note_to_contact(contact: Contact, entries: Sequence[Entry], *, at: dt.datetime, is_mail: bool) -> Letter:
    """The text for a contact without account: sent by hand over WhatsApp, or mailed where only that is known."""
    with override(settings.LANGUAGE_CODE):
        text = _rendered(
            "contact",
            addressee=f"{contact.post_text}, {contact.agency.name}",
            host=contact.kept_by.short_name,
            entries=entries[:SHOWN_BY_HAND],
            rest=len(entries[SHOWN_BY_HAND:]),
            is_mail=is_mail,
            sent_at=moment_words(at),
        )
        return Letter(subject_of(entries), text)


def compose(delivery: Delivery, reminders: Sequence[Reminder], *, at: dt.datetime, by_hand: int = 0) -> Letter:
    """The words of a message as they must be at ``at``."""
    with override(settings.LANGUAGE_CODE):
        entries = entries_of(reminders, at=at)
    if delivery.contact is not None:
        return note_to_contact(delivery.contact, entries, at=at, is_mail=bool(delivery.address))
    if delivery.user is None:
        raise ValueError("a digest needs a person or a contact")
    return digest(delivery.user, entries, at=at, by_hand=by_hand)


def subject_of(entries: Sequence[Entry]) -> str:
    """At most 60 characters, beginning with the state."""
    if len(entries) == 1:
        entry = entries[0]
        room = SUBJECT_LONGEST - len(entry.headline) - len(entry.commitment.code) - 5
        return f"{entry.headline}: {shorten(entry.commitment.wording, room)} ({entry.commitment.code})"
    counted = [(words, sum(e.kind == kind for e in entries)) for kind, words in _COUNT_WORDS.items()]
    subject = ", ".join(words(count) for words, count in counted if count)
    if len(subject) <= SUBJECT_LONGEST:
        return subject
    return _("%(count)d komitmen memerlukan perhatian") % {"count": len(entries)}


_COUNT_WORDS: dict[str, Callable[[int], str]] = {
    "late": lambda n: ngettext("%(n)d terlambat", "%(n)d terlambat", n) % {"n": n},
    "past": lambda n: ngettext("%(n)d melewati tanggal usulan", "%(n)d melewati tanggal usulan", n) % {"n": n},
    "today": lambda n: ngettext("%(n)d hari ini tenggat", "%(n)d hari ini tenggat", n) % {"n": n},
    "near": lambda n: ngettext("%(n)d mendekati tenggat", "%(n)d mendekati tenggat", n) % {"n": n},
    "gaps": lambda n: ngettext("%(n)d perlu dilengkapi", "%(n)d perlu dilengkapi", n) % {"n": n},
}


def date_words(day: dt.date) -> str:
    """``28 Januari 2026``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def moment_words(at: dt.datetime) -> str:
    """``23 Juni 2026 pukul 07.30 WIB``."""
    local = at.astimezone(WIB)
    return _("%(date)s pukul %(clock)s %(zone)s") % {
        "date": date_words(local.date()), "clock": f"{local:%H.%M}", "zone": zone_label(local)
    }  # fmt: skip


def _post_of(user: User, at: dt.datetime) -> str:
    """The post a letter is addressed to, never the person's name."""
    current = Tenure.objects.current(on=day_of(at)).filter(user=user)
    tenure = current.select_related("post__agency").order_by("pk").first()
    return f"{tenure.post.title}, {tenure.post.agency.name}" if tenure else user.name


def _rendered(name: str, **context: object) -> str:
    """The text of a mail, as a file ends."""
    return plain_text(f"commitments/mail/{name}.txt", context) + "\n"
