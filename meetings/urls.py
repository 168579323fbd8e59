"""Doors of the meetings app. What also touches commitments (lines, sharing, editing) stands in commitments."""

from django.urls import URLPattern, path, re_path

from meetings.views.detail import detail
from meetings.views.files import download
from meetings.views.list import show_list

CODE = r"(?P<code>[Aa]-\d{4}-\d{1,9})"

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    path("pertemuan/", show_list, name="list"),
    re_path(rf"^pertemuan/{CODE}/$", detail, name="detail"),
    re_path(rf"^pertemuan/{CODE}/berkas/(?P<file_id>\d{{1,18}})/$", download, name="file"),
]
