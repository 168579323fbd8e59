"""Who may make a report and who may publish one; every refusal says why and what to do."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Agreement, Role, User
from agencies.policy import YES, Verdict, allowed, no
from reports.models import Report

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


def may_publish(user: User, report: Report) -> Verdict:
    """Whether a person may publish a report now; one key, in the issuing agency."""
    if not allowed(user, "report.publish", report):
        return no(_("Laporan diterbitkan oleh humas atau pimpinan instansi yang menyusunnya."))
    if report.is_example:
        return no(
            _("Laporan ini memuat data contoh, sehingga tidak dapat diterbitkan. Susun laporan dari data resmi."),
            status=409,
        )
    if report.is_published:
        return no(_("Laporan ini sudah diterbitkan."), status=409)
    return YES
