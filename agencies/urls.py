"""Doors of the agencies app."""

from django.urls import URLPattern, path

from agencies.views import agreement, contacts, directory, drafts, firstrun, holidays, invitation, people, suggest

app_name = "agencies"
urlpatterns: list[URLPattern] = [
    path("instansi/", directory.index, name="directory"),
    path("instansi/tambah/", directory.add, name="agency_add"),
    path("instansi/saran/", suggest.agencies, name="suggest"),
    path("instansi/<slug:code>/", directory.detail, name="agency"),
    path("instansi/<slug:code>/ubah/", directory.edit, name="agency_edit"),
    path("instansi/<slug:code>/nama-lain/", directory.keep_alias, name="alias_keep"),
    path("instansi/<slug:code>/narahubung/", contacts.add, name="contact_add"),
    path("instansi/<slug:code>/narahubung/<int:pk>/", contacts.edit, name="contact_edit"),
    path("instansi/<slug:code>/narahubung/<int:pk>/berhenti/", contacts.retire, name="contact_retire"),
    path("kesepakatan/", agreement.index, name="agreements"),
    path("kesepakatan/tambah/", agreement.add, name="agreement_add"),
    path("kesepakatan/saran/", suggest.scope, name="suggest_scope"),
    path("kesepakatan/<slug:code>/", agreement.detail, name="agreement"),
    path("kesepakatan/<slug:code>/ubah/", agreement.edit, name="agreement_edit"),
    path("kesepakatan/<slug:code>/berkas/", agreement.document, name="document"),
    path("kesepakatan/<slug:code>/berkas/kirim/", agreement.add_document, name="document_add"),
    path("kesepakatan/<slug:code>/ruang-lingkup/", agreement.add_scope, name="scope_add"),
    path("kelola/pengguna/", people.index, name="people"),
    path("kelola/pengguna/undang/", people.invite, name="person_invite"),
    path("kelola/pengguna/<int:pk>/", people.detail, name="person"),
    path("kelola/pengguna/<int:pk>/peran/", people.give_roles, name="person_give_roles"),
    path("kelola/pengguna/<int:pk>/tautan/", people.renew_link, name="person_renew_link"),
    path("kelola/pengguna/<int:pk>/nonaktifkan/", people.deactivate, name="person_deactivate"),
    path("kelola/pengguna/<int:pk>/aktifkan/", people.reactivate, name="person_reactivate"),
    path("kelola/peran/<int:pk>/akhiri/", people.end_tenure, name="tenure_end"),
    path("kelola/libur/", holidays.index, name="holidays"),
    path("kelola/libur/tambah/", holidays.add, name="holiday_add"),
    path("kelola/libur/<int:pk>/hapus/", holidays.remove, name="holiday_remove"),
    path("kelola/libur/<int:pk>/kembalikan/", holidays.restore, name="holiday_restore"),
    path("konsep/", drafts.keep, name="draft_keep"),
    path("konsep/<int:pk>/buang/", drafts.throw_away, name="draft_throw_away"),
    path("konsep/<int:pk>/ambil-alih/", drafts.take_over, name="draft_take_over"),
    path("mulai/<str:token>/", firstrun.first_run, name="first_run"),
    path("undangan/<str:token>/", invitation.set_password, name="set_password"),
]
