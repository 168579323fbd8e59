"""Who may write a text for the press and who may release it; every refusal says why and what to do."""

import json

from django.utils.translation import gettext as _

from agencies.audit import trail
from agencies.models import Agency, Agreement, Role, User
from agencies.policy import YES, Verdict, allowed, no
from meetings.models import Meeting, MeetingStatus
from reports.models import PressState, PressText, Report
from reports.press.facts import PressFacts
from reports.press.personal import find_personal_data, place_words
from reports.press.quoting import quotes_in
from reports.press.sources import words_allowed

WRITERS = (Role.OFFICER, Role.SUPERVISOR, Role.PRESS)


def may_write_about_meeting(user: User, meeting: Meeting) -> Verdict:
    """The keeper of a meeting writes about it, once it took place and its lines were made known."""
    if not allowed(user, "press.write", meeting):
        return no(_("Siaran pers ditulis oleh petugas, pimpinan, atau humas instansi yang mencatat pertemuan ini."))
    if meeting.status != MeetingStatus.HELD or meeting.merged_into_id:
        return no(_("Siaran pers ditulis tentang pertemuan yang terlaksana."), status=409)
    if not meeting.is_shared:
        words = _("Pertemuan ini belum disampaikan. Sampaikan dahulu, supaya siaran pers memuat hasil yang sama.")
        return no(words, status=409)
    return YES


def may_write_from_report(user: User, report: Report) -> Verdict:
    """The office that made a report writes from it, as long as it is its published word."""
    if not allowed(user, "press.write", report):
        return no(_("Siaran pers ditulis oleh petugas, pimpinan, atau humas instansi yang menyusun laporan ini."))
    if not report.is_current:
        words = _("Siaran pers disusun dari laporan yang terbit dan berlaku. Terbitkan laporannya dahulu.")
        return no(words, status=409)
    return YES


def may_write_about_agreement(user: User, agreement: Agreement, issuer: Agency | None) -> Verdict:
    """Whoever keeps the record of commitments under an agreement writes about its progress."""
    is_writer = issuer is not None and any(issuer.pk in user.rights.by_role[role] for role in WRITERS)
    if not is_writer or not allowed(user, "press.write", agreement):
        return no(_("Siaran pers tentang kemajuan ditulis oleh instansi yang mencatat komitmen di bawahnya."))
    return YES


def may_change(user: User, text: PressText) -> Verdict:
    """A draft is changed by those who write for the office; a released text is fixed."""
    if not allowed(user, "press.write", text):
        return no(_("Naskah ini ditulis oleh petugas, pimpinan, atau humas instansi yang menyusunnya."))
    if text.state == PressState.RELEASED:
        return no(_("Naskah ini sudah dirilis dan tidak dapat diubah. Susun naskah baru bila ada ralat."), status=409)
    return YES


def may_release(user: User, text: PressText) -> Verdict:
    """Whether a person may release a text now: the office's head or press, another than the writer where two keys
    are asked for, no example data, a source that stands, no personal data, nobody quoted without permission."""
    if not allowed(user, "press.release", text):
        return no(_("Naskah dirilis oleh humas atau pimpinan instansi yang menyusunnya."))
    if text.state == PressState.RELEASED:
        return no(_("Naskah ini sudah dirilis."), status=409)
    if text.is_example:
        return no(_("Naskah ini memuat data contoh, sehingga tidak dapat dirilis."), status=409)
    if text.issuer.two_key_publishing and _has_written(user, text):
        words = _("Instansi ini memakai dua kunci: naskah dirilis oleh orang lain daripada yang menulisnya.")
        return no(words, status=403)
    if text.report is not None and not text.report.is_current:
        words = _("Laporan sumber naskah ini sudah ditarik atau diganti. Susun naskah dari laporan yang berlaku.")
        return no(words, status=409)
    return _may_print(f"{text.title}\n{text.text}", PressFacts.from_json(json.loads(text.facts)))


def _may_print(whole: str, facts: PressFacts) -> Verdict:
    """Whether words may go out: no personal data, and nobody is quoted without permission as of now."""
    if places := [place_words(whole, one) for one in find_personal_data(whole) if one.is_blocking]:
        words = _("Naskah memuat data pribadi, sehingga tidak dapat dirilis. Hapus dahulu: %(places)s.")
        return no(words % {"places": "; ".join(places[:5])}, status=409)
    quotes = quotes_in(whole, facts)
    allowed_now = words_allowed(quotes) if quotes else {}
    if speakers := [quote.speaker for quote in quotes if allowed_now.get(quote.source) != quote.words]:
        words = _("Kutipan %(who)s belum, atau tidak lagi, mendapat izin kutip. Hapus kutipannya, atau catat izinnya.")
        return no(words % {"who": ", ".join(speakers[:5])}, status=409)
    return YES


def _has_written(user: User, text: PressText) -> bool:
    """Whether any of the words ever came from this person, however often others changed them since."""
    return trail(text).filter(verb__in=["press.written", "press.changed"], actor_id=user.pk).exists()
