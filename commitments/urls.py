"""Doors of the commitments app."""

from django.urls import URLPattern, path, re_path

from commitments.views.detail import detail
from commitments.views.evidence import evidence
from commitments.views.inbox import drop_by_hand, inbox, read_all, sent_by_hand
from commitments.views.letter import record_letter
from commitments.views.list import listing, tidy_code
from commitments.views.log import log
from commitments.views.meeting_edit import add_meeting_file, edit_meeting
from commitments.views.meeting_lines import add_lines, agree, discard_line, share_line, share_meeting, share_text
from commitments.views.progress import block, report, resume, start, submit
from commitments.views.review import review, send_back, verify, verify_by_document
from commitments.views.terms import change

MEETING = r"^pertemuan/(?P<code>A-\d{4}-\d{3,9})"
LINE = r"^komitmen/(?P<code>K-\d{4}-\d{3,9})"

app_name = "commitments"
urlpatterns: list[URLPattern] = [
    path("pertemuan/catat/", log, name="log"),
    re_path(rf"{MEETING}/komitmen/$", add_lines, name="add_lines"),
    re_path(rf"{MEETING}/sampaikan/$", share_meeting, name="share_meeting"),
    re_path(rf"{MEETING}/kesepakatan-rapat/$", agree, name="agree"),
    re_path(rf"{MEETING}/bagikan/$", share_text, name="share_text"),
    re_path(rf"{MEETING}/ubah/$", edit_meeting, name="edit_meeting"),
    re_path(rf"{MEETING}/berkas/$", add_meeting_file, name="add_meeting_file"),
    path("komitmen/", listing, name="list"),
    path("komitmen/catat/", record_letter, name="record_letter"),
    re_path(rf"{LINE}/$", detail, name="detail"),
    re_path(r"^komitmen/(?P<code>[Kk]-\d{4}-\d{1,9})/$", tidy_code, name="tidy_code"),
    re_path(rf"{LINE}/lengkapi/$", change, name="change"),
    re_path(rf"{LINE}/mulai/$", start, name="start"),
    re_path(rf"{LINE}/perkembangan/$", report, name="report"),
    re_path(rf"{LINE}/kendala/$", block, name="block"),
    re_path(rf"{LINE}/lanjutkan/$", resume, name="resume"),
    re_path(rf"{LINE}/selesai/$", submit, name="submit"),
    re_path(rf"{LINE}/verifikasi/$", verify, name="verify"),
    re_path(rf"{LINE}/kembalikan/$", send_back, name="send_back"),
    re_path(rf"{LINE}/verifikasi-dokumen/$", verify_by_document, name="verify_by_document"),
    path("verifikasi/", review, name="review"),
    path("bukti/<int:pk>/", evidence, name="evidence"),
    re_path(rf"{LINE}/buang/$", discard_line, name="discard_line"),
    re_path(rf"{LINE}/sampaikan/$", share_line, name="share_line"),
    path("pemberitahuan/", inbox, name="inbox"),
    path("pemberitahuan/dibaca/", read_all, name="inbox_read"),
    path("pemberitahuan/<int:pk>/terkirim/", sent_by_hand, name="sent_by_hand"),
    path("pemberitahuan/<int:pk>/batal/", drop_by_hand, name="drop_by_hand"),
]
