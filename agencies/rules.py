"""Who may give, end and restore access; each answer carries its reason."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from agencies.models import Agency, Role, Tenure, User
from agencies.policy import YES, Verdict, allowed, no
from agencies.reach import has_accounts, is_admin


def may_give_roles(user: User, agency: Agency, roles: Collection[str], *, on: dt.date) -> Verdict:
    """Whether the person may let somebody act for an agency in these roles."""
    verdict = allowed(user, "people.manage", agency)
    if not verdict:
        return no(
            _("%(agency)s di luar kewenangan Anda. Minta admin mengundang orang ini.") % {"agency": agency.short_name}
        )
    if is_admin(user):
        return YES
    if Role.ADMIN in roles:
        return no(_("Peran Admin hanya dapat diberikan oleh Admin."))
    if not has_accounts(agency, on=on):
        return no(
            _("%(agency)s belum mempunyai akun. Akun pertama sebuah instansi diberikan oleh Admin.")
            % {"agency": agency.short_name}
        )
    return YES


def may_change_person(user: User, person: User, *, on: dt.date) -> Verdict:
    """Whether the person may change somebody else's access at all."""
    if user.pk == person.pk:
        return no(_("Akses Anda sendiri diubah oleh orang lain, bukan oleh Anda."))
    tenures = Tenure.objects.filter(user=person).select_related("post__agency")
    concerned = list(tenures.current(on=on)) or list(tenures)
    if not all(allowed(user, "people.manage", agency) for agency in {t.post.agency for t in concerned}):
        return no(_("Orang ini juga bertugas di instansi di luar kewenangan Anda. Minta admin melakukannya."))
    if not is_admin(user) and any(t.role == Role.ADMIN for t in concerned):
        return no(_("Akses seorang Admin hanya dapat diubah oleh Admin."))
    return YES


def may_deactivate(user: User, person: User, *, on: dt.date) -> Verdict:
    """Whether the person may end somebody's access."""
    if not (verdict := may_change_person(user, person, on=on)):
        return verdict
    if not person.is_active:
        return no(_("Akun ini sudah dinonaktifkan."), status=409)
    if _is_last_admin(person, on=on):
        return no(_("Ini Admin terakhir. Tetapkan Admin lain lebih dahulu."), status=409)
    return YES


def may_reactivate(user: User, person: User, *, on: dt.date) -> Verdict:
    """Whether the person may restore somebody's access."""
    if not (verdict := may_change_person(user, person, on=on)):
        return verdict
    if person.is_active:
        return no(_("Akun ini masih aktif."), status=409)
    return YES


def may_renew_link(user: User, person: User, *, on: dt.date) -> Verdict:
    """Whether the person may make a new invitation link: never for somebody who already has a password."""
    if not (verdict := may_change_person(user, person, on=on)):
        return verdict
    if not person.is_active:
        return no(_("Akun ini dinonaktifkan. Aktifkan kembali lebih dahulu."), status=409)
    if person.has_usable_password():
        return no(_("Orang ini sudah membuat kata sandi. Jika lupa, ia memakai Lupa kata sandi."), status=409)
    return YES


def may_end_tenure(user: User, tenure: Tenure, *, on: dt.date) -> Verdict:
    """Whether the person may end one role of somebody at one agency."""
    if user.pk == tenure.user_id:
        return no(_("Akses Anda sendiri diubah oleh orang lain, bukan oleh Anda."))
    if not allowed(user, "people.manage", tenure.post.agency):
        return no(_("%(agency)s di luar kewenangan Anda.") % {"agency": tenure.post.agency.short_name})
    if tenure.role == Role.ADMIN and not is_admin(user):
        return no(_("Akses seorang Admin hanya dapat diubah oleh Admin."))
    if tenure.ends_on is not None and tenure.ends_on < on:
        return no(_("Peran ini sudah berakhir."), status=409)
    if tenure.role == Role.ADMIN and _is_last_admin(tenure.user, on=on, tenure=tenure):
        return no(_("Ini Admin terakhir. Tetapkan Admin lain lebih dahulu."), status=409)
    return YES


def _is_last_admin(person: User, *, on: dt.date, tenure: Tenure | None = None) -> bool:
    """Whether no Admin would remain without this person (or without this one tenure of theirs)."""
    admins = Tenure.objects.current(on=on).filter(role=Role.ADMIN)
    if not admins.filter(user=person).exists():
        return False
    others = admins.exclude(pk=tenure.pk) if tenure else admins.exclude(user=person)
    return not others.exists()
