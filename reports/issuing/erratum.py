"""*Lembar Ralat*: drafted when later data contradict an issued figure, then issued or dismissed by a person."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from agencies.audit import canonical, record, sha256, trail
from agencies.models import Role, User
from agencies.outbox import post_notice
from agencies.policy import Refusal, Verdict, no, require
from agencies.reach import holders_of
from config.workdays import day_of
from reports.issuing.contradictions import contradictions
from reports.models import Erratum, ErratumState, Report, ReportStatus
from reports.papers.erratum import print_erratum
from reports.printing.pdf import Rendered
from reports.rules import may_decide_erratum, may_issue_erratum, may_prepare_erratum, may_return_erratum
from reports.snapshots.making import kept

logger = logging.getLogger(__name__)

PREPARED, RETURNED = "report.erratum_prepared", "report.erratum_returned"


def find_errata(*, at: dt.datetime) -> int:
    """Look at every report that stands issued; returns how many drafts of an erratum there are now."""
    for report in Report.objects.filter(status=ReportStatus.PUBLISHED, replaced_by=None).with_row_data().iterator():
        try:
            find_erratum(report, at=at)
        except Exception:  # one broken report does not keep the others from being looked at
            logger.exception("could not compare report %s with the present", report.code)
    return Erratum.objects.filter(state=ErratumState.DRAFT).count()


def find_erratum(report: Report, *, at: dt.datetime, by: User | None = None) -> Erratum | None:
    """Compare one report with the present and keep its one draft up to date; None when there is nothing to say.

    What the last sheet says, issued or dismissed, is not drafted again, nor what the last issued one says.
    """
    found = contradictions(report, at=at)
    items = canonical(found.as_json()) if found else ""
    return _keep(report, items, by=by, at=at)


@transaction.atomic
def _keep(report: Report, items: str, *, by: User | None, at: dt.datetime) -> Erratum | None:
    """Insert, rewrite or take away the draft; nothing once the report no longer stands."""
    if not Report.objects.select_for_update().get(pk=report.pk).is_current:
        return None
    errata = list(report.errata.order_by("n"))
    draft = next((one for one in errata if one.state == ErratumState.DRAFT), None)
    if not items or sha256(items) in _said(errata):
        if draft is not None:
            draft.delete()
            record("report.erratum_dropped", on=report, by=by, at=at, before={"erratum": draft.n})
        return None
    if draft is not None and draft.items_sha256 == sha256(items):
        return draft
    is_new = draft is None
    draft = draft or Erratum(report=report, n=len(errata) + 1)
    draft.items, draft.items_sha256, draft.as_of, draft.found_at = items, sha256(items), report.as_of, at
    draft.prepared_by, draft.prepared_at = None, None  # a key that was turned for other figures is void
    draft.save()
    if is_new:
        _tell_drafted(draft, at=at)
    after = {"erratum": draft.n, "items": draft.items_sha256}
    record("report.erratum_drafted", on=report, by=by, at=at, after=after)
    return draft


def _said(errata: Iterable[Erratum]) -> set[str]:
    """Digests of what need not be said again: by the last decided sheet, and by the last issued one."""
    decided = [one for one in errata if one.state != ErratumState.DRAFT]
    issued = [one for one in decided if one.state == ErratumState.ISSUED]
    return {one.items_sha256 for one in (*decided[-1:], *issued[-1:])}


@transaction.atomic
def prepare_erratum(erratum: Erratum, note: str, *, by: User, at: dt.datetime) -> Erratum:
    """Turn the first of two keys, with the note that would be printed; the supervisors are told.

    The second click changes nothing. Raises Refusal (409) when the figures changed since the draft was read.
    """
    held = _locked(erratum, by=by)
    _require_same(held, erratum)
    if held.prepared_by_id == by.pk:
        return held
    require(may_prepare_erratum(by, held))
    held.note, held.prepared_by, held.prepared_at = note, by, at
    held.save(update_fields=["note", "prepared_by", "prepared_at"])
    words = gettext_lazy("Lembar Ralat laporan %(code)s menunggu rilis Anda.")
    _tell(held, words, holders_of(Role.SUPERVISOR, held.report.issuer, on=day_of(at), but=by), at=at)
    record(PREPARED, on=held.report, by=by, at=at, after=_turned_for(held), texts={"note": note})
    return held


@transaction.atomic
def return_erratum(erratum: Erratum, reason: str, *, by: User, at: dt.datetime) -> Erratum:
    """Take the first key out again; whoever prepared the sheet is told why."""
    held = _locked(erratum, by=by)
    require(may_return_erratum(by, held))
    preparer = held.prepared_by
    held.prepared_by, held.prepared_at = None, None
    held.save(update_fields=["prepared_by", "prepared_at"])
    words = gettext_lazy("Lembar Ralat laporan %(code)s dikembalikan untuk disiapkan lagi.")
    if preparer is not None and preparer != by:
        _tell(held, words, [preparer], at=at, body=reason)
    record(RETURNED, on=held.report, by=by, at=at, after=_turned_for(held), texts={"reason": reason})
    return held


def why_returned(erratum: Erratum) -> str:
    """Why the sheet as it is was last returned to be prepared anew; empty when it was not."""
    last = trail(erratum.report).filter(verb__in=[PREPARED, RETURNED]).last()
    if last is None or last.verb != RETURNED or last.after != _turned_for(erratum):
        return ""
    return next((text.text for text in last.free_texts.all() if text.field == "reason"), "")


def issue_erratum(erratum: Erratum, note: str, *, by: User, at: dt.datetime) -> Erratum:
    """Issue the sheet; from then on the check page of the report points to it.

    What was prepared is released with the note it was prepared with; ``note`` counts where one key is enough.
    The figures are compared once more first: raises Refusal (409) when they changed since the draft was read, and
    RenderFailed with a sentence when the pages cannot be made.
    """
    require(may_issue_erratum(by, erratum))
    found = contradictions(erratum.report, at=at)
    if not found or sha256(canonical(found.as_json())) != erratum.items_sha256:
        find_erratum(erratum.report, at=at, by=by)
        raise Refusal(_changed())
    erratum.note = erratum.note if erratum.prepared_by_id else note
    return _issue(erratum, print_erratum(erratum, at=at), by=by, at=at)


@transaction.atomic
def _issue(erratum: Erratum, rendered: Rendered, *, by: User, at: dt.datetime) -> Erratum:
    held = _locked(erratum, by=by)
    _require_same(held, erratum)
    _require_same_note(held, erratum)
    require(may_issue_erratum(by, held))
    with kept(rendered.pdf, text=held.report.snapshot, suffix=f"-ralat-{held.n}") as file:
        held.state, held.note, held.decided_by, held.decided_at = ErratumState.ISSUED, erratum.note, by, at
        held.pdf.name, held.pdf_sha256 = file, hashlib.sha256(rendered.pdf).hexdigest()
        held.save()
        after = {"erratum": held.n, "items": held.items_sha256, "pdf": held.pdf_sha256}
        record("report.erratum_issued", on=held.report, by=by, at=at, after=after, texts={"note": held.note})
    return held


@transaction.atomic
def dismiss_erratum(erratum: Erratum, reason: str, *, by: User, at: dt.datetime) -> Erratum:
    """Say why no sheet is needed; the same differences are not drafted again.

    One person is enough, also where the issuer wants two keys and whoever prepared it: a draft is taken back, nothing
    is published. Who did it and why stays in the trail.
    """
    held = _locked(erratum, by=by)
    held.state, held.note, held.decided_by, held.decided_at = ErratumState.DISMISSED, reason, by, at
    held.save()
    after = {"erratum": held.n, "items": held.items_sha256}
    record("report.erratum_dismissed", on=held.report, by=by, at=at, after=after, texts={"reason": reason})
    return held


def _locked(erratum: Erratum, *, by: User) -> Erratum:
    """The erratum as it is now, its report locked, still to be decided by this person."""
    Report.objects.select_for_update().get(pk=erratum.report_id)
    held = Erratum.objects.select_related("report__issuer").filter(pk=erratum.pk).first()
    if held is None:
        raise Refusal(no(_("Draf Lembar Ralat ini sudah tidak ada: angkanya kembali sesuai."), status=409))
    require(may_decide_erratum(by, held))
    return held


def _turned_for(erratum: Erratum) -> dict[str, object]:
    """What the trail says of a key: the sheet, and the figures it was turned for."""
    return {"erratum": erratum.n, "items": erratum.items_sha256}


def _require_same(held: Erratum, read: Erratum) -> None:
    """Refuse what was decided about other figures than those that stand there now."""
    if held.items_sha256 != read.items_sha256:
        raise Refusal(_changed())


def _require_same_note(held: Erratum, printed: Erratum) -> None:
    """Refuse what was printed with another note than the one it is prepared with now."""
    if held.prepared_by_id and held.note != printed.note:
        raise Refusal(
            no(_("Keterangannya ditulis lagi sejak draf ini dibaca. Baca kembali, lalu terbitkan."), status=409)
        )


def _changed() -> Verdict:
    return no(_("Angkanya berubah lagi sejak draf ini dibuat. Baca kembali, lalu terbitkan."), status=409)


def _tell_drafted(erratum: Erratum, *, at: dt.datetime) -> None:
    """A notice for those of the issuer who may decide."""
    report, on = erratum.report, day_of(at)
    people = {user for role in (Role.SUPERVISOR, Role.PRESS) for user in holders_of(role, report.issuer, on=on)}
    words = gettext_lazy("Angka laporan %(code)s berbeda dengan data sekarang: draf Lembar Ralat siap dibaca.")
    _tell(erratum, words, people, at=at)


def _tell(erratum: Erratum, words: Promise, people: Iterable[User], *, at: dt.datetime, body: str = "") -> None:
    """A notice in the app, whatever language its sender reads."""
    with override(settings.LANGUAGE_CODE):
        subject = str(words) % {"code": erratum.report.code}
    for user in people:
        key = f"erratum:{erratum.report_id}:{erratum.n}:{user.pk}:{at.isoformat()}"
        post_notice(key=key, user=user, subject=subject, body=body, path=erratum.get_absolute_url(), at=at)
