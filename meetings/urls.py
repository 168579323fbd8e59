"""Doors of the meetings app. What also touches commitments (lines, sharing, editing) stands in commitments."""

from django.urls import URLPattern, path, re_path

from meetings.views.attendance import attendance, person, remove_paper, strike
from meetings.views.checkin import door, entry, room
from meetings.views.detail import detail
from meetings.views.files import download
from meetings.views.list import show_list
from meetings.views.minutes import add_answer, correct, minutes
from meetings.views.statements import add as add_statement
from meetings.views.statements import change as change_statement

CODE = r"(?P<code>[Aa]-\d{4}-\d{1,9})"

app_name = "meetings"
urlpatterns: list[URLPattern] = [
    path("pertemuan/", show_list, name="list"),
    re_path(rf"^pertemuan/{CODE}/$", detail, name="detail"),
    re_path(rf"^pertemuan/{CODE}/berkas/(?P<file_id>\d{{1,18}})/$", download, name="file"),
    re_path(rf"^pertemuan/{CODE}/berkas/(?P<file_id>\d{{1,18}})/hapus/$", remove_paper, name="remove_paper"),
    re_path(rf"^pertemuan/{CODE}/hadir/$", attendance, name="attendance"),
    re_path(rf"^pertemuan/{CODE}/hadir/(?P<row_id>\d{{1,18}})/$", person, name="person"),
    re_path(rf"^pertemuan/{CODE}/hadir/(?P<row_id>\d{{1,18}})/coret/$", strike, name="strike"),
    re_path(rf"^pertemuan/{CODE}/hadir-mandiri/$", room, name="checkin_room"),
    re_path(rf"^pertemuan/{CODE}/hadir-mandiri/(?P<entry_id>\d{{1,18}})/$", entry, name="checkin_entry"),
    re_path(rf"^pertemuan/{CODE}/notula/$", minutes, name="minutes"),
    re_path(rf"^pertemuan/{CODE}/notula/perbaiki/$", correct, name="correct_minutes"),
    re_path(rf"^pertemuan/{CODE}/notula/tanggapan/$", add_answer, name="answer_minutes"),
    re_path(rf"^pertemuan/{CODE}/pernyataan/$", add_statement, name="add_statement"),
    re_path(rf"^pertemuan/{CODE}/pernyataan/(?P<pk>\d{{1,18}})/$", change_statement, name="change_statement"),
    path("h/<str:token>/", door, name="checkin"),
]
