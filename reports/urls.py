"""Doors of the reports app."""

from django.urls import URLPattern, path, re_path

from reports.views import (
    agency_sheet,
    archive,
    attendance,
    build,
    calendar,
    check,
    dashboard,
    erratum,
    export,
    home,
    issue,
    job,
    paper_brief,
    papers,
    press,
    press_check,
    press_new,
    report,
)
from reports.views.changes import show_changes
from reports.views.coverage import show_coverage
from reports.views.figure import figure, figures
from reports.views.help import show_help
from reports.views.recipients import recipients, stop_as_reader
from reports.views.recipients import stop as stop_recipient
from reports.views.report_export import data, working_copy
from reports.views.share import share_dashboard, share_report

MEETING = r"^pertemuan/(?P<code>A-\d{4}-\d{3,9})"

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("dasbor/", dashboard.dashboard, name="dashboard"),
    path("dasbor/cetak/", dashboard.print_dashboard, name="dashboard_print"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("laporan/", report.index, name="list"),
    path("laporan/susun/", build.build, name="build"),
    path("laporan/susun/pratinjau/", build.preview, name="build_preview"),
    path("laporan/pekerjaan/<int:pk>/", job.job, name="job"),
    path("laporan/pekerjaan/<int:pk>/batal/", job.cancel, name="job_cancel"),
    path("laporan/pekerjaan/<int:pk>/coba-lagi/", job.try_again, name="job_again"),
    path("laporan/periksa-naskah/", press_check.check_text, name="press_check"),
    path("laporan/<str:code>/siaran-pers/", press_new.from_report, name="press_report"),
    path("kesepakatan/<slug:code>/siaran-pers/", press_new.from_agreement, name="press_agreement"),
    re_path(rf"{MEETING}/siaran-pers/$", press_new.from_meeting, name="press_meeting"),
    path("siaran-pers/", press.index, name="press_list"),
    path("siaran-pers/<int:pk>/", press.detail, name="press"),
    path("siaran-pers/<int:pk>/rilis/", press.release, name="press_release"),
    path("siaran-pers/<int:pk>/naskah.docx", press.docx, name="press_docx"),
    path("siaran-pers/<int:pk>/naskah.txt", press.plain, name="press_plain"),
    path("laporan/penerima/", recipients, name="recipients"),
    path("laporan/penerima/<int:pk>/berhenti/", stop_recipient, name="recipient_stop"),
    path("laporan/berhenti/<str:token>/", stop_as_reader, name="recipient_stop_reader"),
    path("laporan/perubahan/", show_changes, name="changes"),
    path("laporan/<str:code>/", issue.detail, name="detail"),
    path("laporan/<str:code>/angka/", figures, name="figures"),
    path("laporan/<str:code>/angka/<path:name>/", figure, name="figure"),
    re_path(r"^laporan/(?P<code>[^/]+)/data\.(?P<ext>xlsx|csv|json)$", data, name="data"),
    path("laporan/<str:code>/bagikan/", share_report, name="share"),
    path("dasbor/bagikan/", share_dashboard, name="dashboard_share"),
    path("laporan/<str:code>/salinan-kerja.docx", working_copy, name="working_copy"),
    path("laporan/<str:code>/arsip.pdf", archive.archive, name="archive"),
    path("laporan/<str:code>/pdf/", issue.pdf, name="pdf"),
    path("laporan/<str:code>/terbitkan/", issue.publish, name="publish"),
    path("laporan/<str:code>/kembalikan/", issue.return_to_draft, name="return"),
    path("laporan/<str:code>/tarik/", issue.withdraw, name="withdraw"),
    path("laporan/<str:code>/naskah/", issue.letter, name="letter"),
    path("laporan/<str:code>/pindaian/", issue.scan, name="scan"),
    path("laporan/<str:code>/revisi/", issue.revise, name="revise"),
    path("laporan/<str:code>/bundel/", issue.bundle, name="bundle"),
    path("laporan/<str:code>/ralat/periksa/", erratum.find, name="erratum_find"),
    path("laporan/<str:code>/ralat/<int:n>/", erratum.erratum, name="erratum"),
    path("laporan/<str:code>/ralat/<int:n>/kembalikan/", erratum.return_prepared, name="erratum_return"),
    path("laporan/<str:code>/ralat/<int:n>/tidak-perlu/", erratum.dismiss, name="erratum_dismiss"),
    path("laporan/<str:code>/ralat/<int:n>/pdf/", erratum.pdf, name="erratum_pdf"),
    re_path(rf"{MEETING}/daftar-hadir\.pdf$", attendance.attendance_list, name="attendance_list"),
    re_path(rf"{MEETING}/daftar-hadir-kosong\.pdf$", attendance.attendance_sheet, name="attendance_sheet"),
    re_path(rf"{MEETING}/notula\.pdf$", papers.minutes_pdf, name="minutes_pdf"),
    re_path(rf"{MEETING}/notula\.docx$", papers.minutes_docx, name="minutes_docx"),
    re_path(rf"{MEETING}/nota-dinas\.docx$", papers.official_note, name="official_note"),
    re_path(rf"{MEETING}/bahan\.pdf$", paper_brief.meeting_brief, name="meeting_brief"),
    path("kesepakatan/<slug:code>/cakupan/", show_coverage, name="coverage"),
    path("instansi/<slug:code>/lembar.pdf", agency_sheet.agency_sheet, name="agency_sheet"),
    path("instansi/<slug:code>/bahan.pdf", paper_brief.agency_brief, name="agency_brief"),
    re_path(r"^unduh/(?P<kind>[a-z-]+)\.(?P<ext>csv|xlsx|docx)$", export.download, name="export_list"),
    path("unduh/", export.job_list, name="export_jobs"),
    path("unduh/<slug:kind>/siapkan/", export.prepare, name="export_prepare"),
    path("unduh/berkas/<int:pk>/", export.job, name="export_job"),
    path("unduh/berkas/<int:pk>/unduh/", export.job_file, name="export_file"),
    path("unduh/berkas/<int:pk>/batal/", export.job_cancel, name="export_cancel"),
    path("unduh/berkas/<int:pk>/coba-lagi/", export.job_retry, name="export_retry"),
    path("bantuan/", show_help, name="help"),
    path("v/", check.check_form, name="check_form"),
    path("v/<str:code>/", check.check, name="check"),
    path("v/<str:code>/banding/", check.compare, name="compare"),
    path("v/<str:code>/ralat-<int:n>.pdf", check.erratum_sheet, name="check_erratum"),
]
