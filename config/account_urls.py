"""Doors of sign-in: the views of allauth that we use, on Indonesian paths. Sign-up is closed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/lagi/", account.reauthenticate, name="account_reauthenticate"),
    path("masuk/lagi/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("daftar/", account.signup, name="account_signup"),
    path("surel/", account.email, name="account_email"),
    path("surel/terkirim/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^surel/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("lupa-sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("pengaturan/sandi/", account.password_change, name="account_change_password"),
    path("pengaturan/sandi/baru/", account.password_set, name="account_set_password"),
    path("pengaturan/keamanan/", mfa.index, name="mfa_index"),
    path("pengaturan/keamanan/totp/aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path("pengaturan/keamanan/totp/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("pengaturan/keamanan/kode/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("pengaturan/keamanan/kode/baru/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("pengaturan/keamanan/kode/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
