"""Doors of the reports app."""

from django.urls import URLPattern, path

from reports.views import check, dashboard, home, report
from reports.views.help import show_help

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("dasbor/", dashboard.dashboard, name="dashboard"),
    path("laporan/", report.index, name="list"),
    path("laporan/pekerjaan/<int:pk>/", report.job, name="job"),
    path("laporan/<str:code>/", report.detail, name="detail"),
    path("laporan/<str:code>/pdf/", report.pdf, name="pdf"),
    path("laporan/<str:code>/terbitkan/", report.publish, name="publish"),
    path("bantuan/", show_help, name="help"),
    path("v/", check.check_form, name="check_form"),
    path("v/<str:code>/", check.check, name="check"),
]
