"""Who may do what to a commitment now: verdicts with their reason, 403 (not yours) or 409 (not now).

One rule, three readers: the action, the view and the button. Roles and scopes come from the policy table,
the steps from TRANSITIONS; only what neither knows is asked of :class:`Facts`.
"""

import datetime as dt
from enum import Enum, auto
from functools import cached_property

from django.utils.translation import gettext as _

from agencies.models import Tenure, User
from agencies.policy import YES, Verdict, allowed, no
from commitments.models import Commitment, Evidence, Progress, ProgressKind, Sensitivity
from commitments.status import CLOSED, COUNTED, OPEN, TRANSITIONS, Status, Verb
from config.files import PICTURES
from config.workdays import day_of
from meetings.models import FileKind, MeetingFile


class Facts:
    """What rules need to know beside the row itself; each is asked of the database at most once.

    A page that has loaded them anyway sets them, so that asking ten rules costs nothing more.
    """

    def __init__(self, commitment: Commitment, *, at: dt.datetime) -> None:
        self.commitment = commitment
        self.at = at

    @cached_property
    def lead_has_account(self) -> bool:
        """Whether anybody holds a post of the lead agency on the day of ``at``."""
        return Tenure.objects.current(on=day_of(self.at)).filter(post__agency=self.commitment.lead_id).exists()

    @cached_property
    def has_evidence(self) -> bool:
        """Whether any entry so far carries a file, a link or a letter number."""
        return Evidence.objects.filter(progress__commitment=self.commitment).exists()

    @cached_property
    def claim(self) -> Progress | None:
        """The last report that the commitment is done."""
        claims = Progress.objects.filter(commitment=self.commitment, kind=ProgressKind.CLAIM)
        return claims.select_related("author", "agency").order_by("at", "pk").last()


class Voice(Enum):
    """As whom a person writes about a commitment."""

    OWN = auto()  # its lead
    RECORD = auto()  # its keeper, as long as it has no lead
    ON_BEHALF = auto()  # its keeper, for a lead without account; the source must be told
    PART = auto()  # a supporter, about its own part


def voices(user: User, commitment: Commitment, facts: Facts) -> tuple[Voice, ...]:
    """As whom this person may write about the commitment, the widest first."""
    found: list[Voice] = []
    if allowed(user, "commitment.submit", commitment):
        found.append(Voice.OWN)
    elif allowed(user, "progress.report_on_behalf", commitment):
        if commitment.lead_id is None:
            found.append(Voice.RECORD)
        elif not facts.lead_has_account:
            found.append(Voice.ON_BEHALF)
    if Voice.OWN not in found and allowed(user, "progress.report", commitment):
        found.append(Voice.PART)
    return tuple(found)


def may_change(user: User, commitment: Commitment) -> Verdict:
    """Complete or correct the record: its keeper, until it is closed (profile *Satu kantor*)."""
    if not allowed(user, "commitment.change", commitment):
        return no(_("Isian komitmen diubah oleh instansi pengelola catatan ini."))
    return _not_closed(commitment)


def may_tick(user: User, commitment: Commitment) -> Verdict:
    """Note who agreed in the meeting: its keeper, until it is closed."""
    if not allowed(user, "commitment.change", commitment):
        return no(_("Kesepakatan dalam rapat dicatat oleh instansi pengelola catatan ini."))
    if commitment.meeting_id is None:
        return no(_("Komitmen ini tidak berasal dari pertemuan."), status=409)
    return _not_closed(commitment)


def may_start(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Say that work has begun. For a lead without account the keeper reports progress, with its source."""
    return _leading(user, commitment, facts, on_behalf=False) and _step(commitment, Verb.START)


def may_report(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Report progress in whatever voice: lead, supporter about its own part, or the keeper."""
    if not voices(user, commitment, facts):
        return _no_voice(user, commitment, facts)
    return _step(commitment, Verb.REPORT)


def may_block(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Report an obstacle that stops the work."""
    return _leading(user, commitment, facts) and _step(commitment, Verb.BLOCK)


def may_resume(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Say that the obstacle is gone."""
    return _leading(user, commitment, facts) and _step(commitment, Verb.RESUME)


def may_submit(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Report the commitment as done. That a proof is needed is checked with the claim itself."""
    if not _leading(user, commitment, facts) and Voice.PART in voices(user, commitment, facts):
        return no(_("Laporan selesai disampaikan oleh penanggung jawab, bukan oleh pendukung."))
    return _leading(user, commitment, facts) and _step(commitment, Verb.SUBMIT)


def may_verify(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Declare a claim true: a supervisor who is neither its submitter nor its author."""
    if not allowed(user, "commitment.verify", commitment):
        return no(
            _(
                "Hanya pimpinan instansi pengelola, penanggung jawab, atau pendukung "
                "yang dapat menyatakan komitmen ini selesai."
            )
        )
    return _claimed_by_another(user, commitment, facts, Verb.VERIFY)


def may_send_back(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Return a claim to be completed: by the same persons who may verify it."""
    if not allowed(user, "commitment.verify", commitment):
        return no(
            _("Hanya pimpinan instansi pengelola, penanggung jawab, atau pendukung yang dapat mengembalikan laporan.")
        )
    return _claimed_by_another(user, commitment, facts, Verb.SEND_BACK)


def may_verify_by_document(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    """Record a signed document that verifies the claim; its signer is checked with the document."""
    if not allowed(user, "commitment.verify_by_document", commitment):
        return no(_("Verifikasi dengan dokumen dicatat oleh instansi pengelola catatan ini."))
    verdict = _step(commitment, Verb.VERIFY)
    if verdict and facts.claim is None:
        return no(_("Komitmen ini belum dilaporkan selesai."), status=409)
    return verdict


def may_merge(user: User, commitment: Commitment) -> Verdict:
    """Say that a record repeats another one: its keeper, while it is open and nobody is to decide on a claim."""
    if not allowed(user, "commitment.merge", commitment):
        return no(_("Penggabungan dicatat oleh instansi pengelola catatan ini."))
    if commitment.status == Status.DRAFT:
        return no(_("Draf tidak perlu digabung: buang saja drafnya."), status=409)
    return _step(commitment, Verb.MERGE)


def may_be_merged_into(user: User, commitment: Commitment) -> Verdict:
    """Whether another record may be counted as this one: kept by the same person's agency, shared, not gone."""
    if not allowed(user, "commitment.merge", commitment):
        return no(_("Penggabungan dicatat oleh instansi pengelola catatan ini."))
    if commitment.is_discarded or commitment.status not in COUNTED:
        return no(_("%(code)s tidak dapat menjadi tujuan penggabungan.") % {"code": commitment.code}, status=409)
    return YES


def may_unmerge(user: User, commitment: Commitment) -> Verdict:
    """Undo a merge: the keeper of the record."""
    if not allowed(user, "commitment.merge", commitment):
        return no(_("Penggabungan dibatalkan oleh instansi pengelola catatan ini."))
    return YES


def may_sign(signer_name: str, claim: Progress) -> Verdict:
    """Whether a document signed by ``signer_name`` can verify the claim: never the one who claimed it."""
    signer = _plain_name(signer_name)
    if signer in {_plain_name(claim.author.name), _plain_name(claim.source_text)}:
        return no(_("Penanda tangan dokumen harus orang lain, bukan yang melaporkan selesai."))
    return YES


def _plain_name(name: str) -> str:
    return " ".join(name.casefold().split())


def _leading(user: User, commitment: Commitment, facts: Facts, *, on_behalf: bool = True) -> Verdict:
    """Whether the person speaks for the whole commitment, not only for a part of it."""
    found = set(voices(user, commitment, facts))
    if found & {Voice.OWN, Voice.RECORD} or (on_behalf and Voice.ON_BEHALF in found):
        return YES
    if Voice.ON_BEHALF in found:
        return no(_("Catat perkembangan beserta sumbernya; komitmen lalu berstatus berjalan dengan sendirinya."))
    if Voice.PART in found:
        return no(_("Tindakan ini milik penanggung jawab. Sebagai pendukung, laporkan perkembangan bagian Anda."))
    return _no_voice(user, commitment, facts)


def _no_voice(user: User, commitment: Commitment, facts: Facts) -> Verdict:
    if allowed(user, "progress.report_on_behalf", commitment) and facts.lead_has_account:
        return no(
            _("%(agency)s sudah mempunyai akun dan melaporkan sendiri perkembangannya.") % {"agency": commitment.lead}
        )
    return no(_("Perkembangan dilaporkan oleh penanggung jawab atau pendukung komitmen ini."))


def _claimed_by_another(user: User, commitment: Commitment, facts: Facts, verb: Verb) -> Verdict:
    verdict = _step(commitment, verb)
    if not verdict:
        return verdict
    if facts.claim is None:
        return no(_("Komitmen ini belum dilaporkan selesai."), status=409)
    if facts.claim.author_id == user.pk:
        return no(_("Verifikasi dilakukan oleh orang lain, bukan oleh yang melaporkan selesai."))
    return YES


def _not_closed(commitment: Commitment) -> Verdict:
    if commitment.is_discarded or commitment.status not in (Status.DRAFT, *OPEN):
        return no(_("Komitmen ini sudah ditutup, jadi isiannya tidak diubah lagi."), status=409)
    return YES


def _step(commitment: Commitment, verb: Verb) -> Verdict:
    """Whether TRANSITIONS knows the step from the present status."""
    if (commitment.status, verb) in TRANSITIONS:
        return YES
    return no(_why_not(commitment.status, verb), status=409)


def _why_not(status: str, verb: Verb) -> str:
    if status == Status.DRAFT:
        return _("Komitmen ini masih draf. Sampaikan dahulu pertemuannya.")
    if status in CLOSED or status in (Status.VOID, Status.MERGED):
        return _("Komitmen ini sudah ditutup.")
    if verb in (Verb.VERIFY, Verb.SEND_BACK):
        return _("Komitmen ini belum dilaporkan selesai.")
    if status == Status.SUBMITTED:
        return _("Komitmen ini sedang menunggu verifikasi.")
    if verb == Verb.RESUME:
        return _("Komitmen ini tidak sedang terkendala.")
    if status == Status.BLOCKED:
        return _("Komitmen ini sudah tercatat terkendala.")
    return _("Komitmen ini sudah berjalan.")


def may_open_proof(user: User, proof: Evidence) -> Verdict:
    """Whether a person who can see the commitment may open this file of it."""
    commitment = proof.progress.commitment
    verdict = allowed(user, "evidence.read", commitment)
    if not verdict and proof.sensitivity == Sensitivity.GENERAL:
        verdict = allowed(user, "evidence.read_general", commitment)
    if not verdict and verdict.status == 403:
        return no(_("Bukti ini internal. Minta kepada instansi yang melaporkannya."))
    return verdict


def may_allow_photo(user: User, photo: Evidence | MeetingFile) -> Verdict:
    """Write down whether a photo may be printed: the keeper of its record, who can see it. Pictures only."""
    record = photo.progress.commitment if isinstance(photo, Evidence) else photo.meeting
    if not allowed(user, "photo.consent", record):
        return no(_("Izin foto dicatat oleh instansi pengelola catatan ini."))
    if not _may_see_photo(user, photo):
        return no(_("Foto ini internal. Minta petugas atau pimpinan mencatat izinnya."))
    is_kept = isinstance(photo, Evidence) or (photo.kind == FileKind.PHOTO and photo.removed_at is None)
    if not is_kept or photo.content_type not in PICTURES:
        return no(_("Izin hanya untuk foto (JPG atau PNG) yang masih tersimpan."), status=409)
    return YES


def _may_see_photo(user: User, photo: Evidence | MeetingFile) -> bool:
    if not isinstance(photo, Evidence):
        return bool(allowed(user, "meeting.file", photo.meeting))
    commitment, is_general = photo.progress.commitment, photo.sensitivity == Sensitivity.GENERAL
    return bool(
        allowed(user, "evidence.read", commitment)
        or (is_general and allowed(user, "evidence.read_general", commitment))
    )
