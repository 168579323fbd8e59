"""Who may make, issue, revise, withdraw and correct a report; every refusal says why and what to do."""

import json

from django.utils.translation import gettext as _

from agencies.audit import sha256
from agencies.models import Agency, Agreement, Role, User
from agencies.policy import YES, Verdict, allowed, no
from commitments.models import PhotoConsent
from reports.models import Erratum, ErratumState, Report, ReportStatus
from reports.snapshots.public import named_agencies

MAKERS = (Role.OFFICER, Role.SUPERVISOR, Role.PRESS)


def may_make(user: User, agreement: Agreement, issuer: Agency | None) -> Verdict:
    """Whether a person may have a report on an agreement made in the name of ``issuer``."""
    if issuer is None or not any(issuer.pk in user.rights.by_role[role] for role in MAKERS):
        return no(_("Laporan disusun atas nama instansi Anda sendiri, oleh petugas, pimpinan, atau humas."))
    if not allowed(user, "report.make", agreement):
        return no(
            _(
                "Laporan disusun oleh instansi yang mencatat, memimpin, atau mendukung komitmen di bawah kesepakatan "
                "ini. Minta laporannya kepada instansi pencatat."
            )
        )
    return YES


def may_prepare(user: User, report: Report) -> Verdict:
    """Whether a person may turn the first of two keys now."""
    if not (verdict := _may_issue(user, report)):
        return verdict
    if not report.issuer.two_key_publishing:
        return no(_("Instansi ini menerbitkan dengan satu kunci; laporan langsung diterbitkan."), status=409)
    if report.status == ReportStatus.PREPARED:
        return no(_("Laporan ini sudah disiapkan dan menunggu rilis."), status=409)
    return YES


def may_publish(user: User, report: Report) -> Verdict:
    """Whether a person may publish (release) a report now; nobody releases what they prepared."""
    if not (verdict := _may_issue(user, report)):
        return verdict
    if report.prepared_by_id == user.pk:
        return no(
            _(
                "Anda yang menyiapkan laporan ini; orang lain (pimpinan) yang merilisnya. Bila tidak ada, kembalikan "
                "menjadi draf agar orang lain menyiapkannya."
            )
        )
    if not report.issuer.two_key_publishing:
        return YES
    if report.status != ReportStatus.PREPARED:
        return no(_("Instansi ini menerbitkan dengan dua kunci. Siapkan dahulu, lalu orang lain merilis."), status=409)
    if report.issuer_id not in user.rights.by_role[Role.SUPERVISOR]:
        return no(_("Laporan yang sudah disiapkan dirilis oleh pimpinan."))
    return YES


def may_print(report: Report) -> Verdict:
    """Whether the frozen content of a report may be printed: only as it was frozen."""
    if sha256(report.snapshot) != report.snapshot_sha256:
        return no(_("Isi laporan tidak cocok dengan sidik jarinya. Hubungi admin."), status=409)
    return YES


def may_show_photos(report: Report) -> Verdict:
    """Whether every photo in a draft is still allowed under the very words that were frozen with it."""
    consents = {photo["consent"] for photo in json.loads(report.snapshot).get("photos", ())}
    if PhotoConsent.objects.in_force().filter(pk__in=consents).count() == len(consents):
        return YES
    words = _("Izin salah satu foto di laporan ini dicabut atau berubah. Susun ulang laporannya, lalu terbitkan.")
    return no(words, status=409)


def may_name_agencies(report: Report) -> Verdict:
    """Whether every agency that a public draft names still agrees to it."""
    silent = named_agencies(report).filter(named_in_public=False)
    if not (names := ", ".join(agency.short_name for agency in silent)):
        return YES
    words = _("Persetujuan disebut dalam laporan publik sudah dicabut: %(names)s. Susun ulang laporannya.")
    return no(words % {"names": names}, status=409)


def may_return(user: User, report: Report) -> Verdict:
    """Whether a person may make a prepared report a draft again."""
    if not (verdict := allowed(user, "report.publish", report)):
        return verdict
    return YES if report.status == ReportStatus.PREPARED else no(_("Laporan ini tidak menunggu rilis."), status=409)


def may_withdraw(user: User, report: Report) -> Verdict:
    """Whether a person may withdraw what was issued."""
    if not allowed(user, "report.withdraw", report):
        return no(_("Laporan ditarik oleh humas atau pimpinan instansi yang menerbitkannya."))
    if report.status == ReportStatus.WITHDRAWN:
        return no(_("Laporan ini sudah ditarik."), status=409)
    return YES if report.is_published else no(_("Laporan ini belum diterbitkan."), status=409)


def may_add_letter(user: User, report: Report) -> Verdict:
    """Whether a person may write down number, date and signed scan of the letter."""
    if not (verdict := allowed(user, "report.letter", report)):
        return verdict
    if report.status == ReportStatus.WITHDRAWN:
        return no(_("Laporan ini sudah ditarik."), status=409)
    return YES if report.is_published else no(_("Nomor dan pindaian dicatat setelah laporan terbit."), status=409)


def may_archive(user: User, report: Report) -> Verdict:
    """Whether a person may have the archive version made: it is stored, so who only reads may not."""
    if not (verdict := allowed(user, "report.archive", report)):
        return verdict
    return YES if report.was_issued else no(_("Versi arsip dibuat dari laporan yang sudah terbit."), status=409)


def may_bundle(report: Report) -> Verdict:
    """Whether there is something an outsider could check."""
    return YES if report.was_issued else no(_("Bundel pemeriksaan tersedia setelah laporan terbit."), status=409)


def may_revise(user: User, report: Report) -> Verdict:
    """Whether a person may have the next revision made; a withdrawn report may be followed by one, too."""
    if not report.was_issued:
        return no(_("Revisi dibuat dari laporan yang sudah terbit."), status=409)
    if report.replaced_by_id is not None:
        return no(_("Laporan ini sudah digantikan. Buat revisi dari yang terbaru."), status=409)
    return may_make(user, report.agreement, report.issuer)


def may_look_for_errata(user: User, report: Report) -> Verdict:
    """Whether a person may have an issued report compared with the present."""
    if not (verdict := allowed(user, "report.erratum", report)):
        return verdict
    return YES if report.is_current else no(_("Yang dibandingkan adalah laporan yang terbit dan berlaku."), status=409)


def may_prepare_erratum(user: User, erratum: Erratum) -> Verdict:
    """Whether a person may turn the first of two keys to an erratum now."""
    if not (verdict := may_decide_erratum(user, erratum)):
        return verdict
    if not erratum.report.issuer.two_key_publishing:
        return no(_("Instansi ini menerbitkan dengan satu kunci; Lembar Ralat langsung diterbitkan."), status=409)
    if erratum.prepared_by_id is not None:
        return no(_("Lembar Ralat ini sudah disiapkan dan menunggu rilis."), status=409)
    return YES


def may_return_erratum(user: User, erratum: Erratum) -> Verdict:
    """Whether a person may take the first key to an erratum out again."""
    if not (verdict := may_decide_erratum(user, erratum)):
        return verdict
    return YES if erratum.prepared_by_id else no(_("Lembar Ralat ini tidak menunggu rilis."), status=409)


def may_issue_erratum(user: User, erratum: Erratum) -> Verdict:
    """Whether a person may issue (release) an erratum now; nobody releases what they prepared."""
    if not (verdict := may_decide_erratum(user, erratum)):
        return verdict
    issuer = erratum.report.issuer
    if erratum.prepared_by_id == user.pk:
        return no(_("Anda yang menyiapkan Lembar Ralat ini. Minta pimpinan lain merilisnya."))
    if not issuer.two_key_publishing:
        return YES
    if erratum.prepared_by_id is None:
        return no(_("Instansi ini menerbitkan dengan dua kunci. Siapkan dahulu, lalu orang lain merilis."), status=409)
    if issuer.pk not in user.rights.by_role[Role.SUPERVISOR]:
        return no(_("Lembar Ralat yang sudah disiapkan dirilis oleh pimpinan."))
    return YES


def may_decide_erratum(user: User, erratum: Erratum) -> Verdict:
    """Whether a person may say of a draft at all whether it is needed; to issue it is one key or two."""
    if not (verdict := allowed(user, "report.erratum", erratum)):
        return verdict
    if erratum.state != ErratumState.DRAFT:
        return no(_("Lembar Ralat ini sudah diputuskan."), status=409)
    return YES if erratum.report.is_current else no(_("Laporan ini tidak berlaku lagi."), status=409)


def _may_issue(user: User, report: Report) -> Verdict:
    """What both keys ask: a person of the issuer, and a report that can still be issued."""
    if not allowed(user, "report.publish", report):
        return no(_("Laporan diterbitkan oleh humas atau pimpinan instansi yang menyusunnya."))
    if report.is_example:
        return no(
            _("Laporan ini memuat data contoh, sehingga tidak dapat diterbitkan. Susun laporan dari data resmi."),
            status=409,
        )
    if report.was_issued:
        return no(_("Laporan ini sudah diterbitkan."), status=409)
    same = Report.objects.in_force(
        agreement=report.agreement, issuer=report.issuer, period=report.period, options=report.chosen
    )
    is_overtaken = report.revises is not None and report.revises.replaced_by_id is not None
    if is_overtaken or (same is not None and same.revises_id is not None and same.revises_id == report.revises_id):
        return no(_("Revisi lain dari laporan yang sama sudah terbit. Buat revisi dari yang terbaru."), status=409)
    if same is not None and same.pk not in (report.pk, report.revises_id):
        words = _("Laporan yang sama sudah terbit dengan kode %(code)s. Buat revisi dari laporan itu.")
        return no(words % {"code": same.code}, status=409)
    return YES
