"""Doors of the commitments app."""

from django.urls import URLPattern, path, re_path

from commitments.views.attendance_photo import attendance_photo
from commitments.views.detail import detail
from commitments.views.evidence import evidence
from commitments.views.inbox import drop_by_hand, inbox, read_all, sent_by_hand
from commitments.views.letter import record_letter
from commitments.views.list import listing, tidy_code
from commitments.views.log import log
from commitments.views.meeting_edit import add_meeting_file, edit_meeting
from commitments.views.meeting_lines import add_lines, agree, discard_line, share_line, share_meeting, share_text
from commitments.views.merging import merge_commitment, merge_meeting, unmerge_commitment, unmerge_meeting
from commitments.views.minutes import sign as sign_minutes
from commitments.views.paste import paste
from commitments.views.photo import meeting_photo, proof_photo
from commitments.views.planning import cancel, end_series, evaluate, hold, plan, postpone, reinstate, replan
from commitments.views.progress import block, report, resume, start, submit
from commitments.views.review import review, send_back, verify, verify_by_document
from commitments.views.room import room
from commitments.views.source import source
from commitments.views.table import import_table
from commitments.views.terms import change

MEETING = r"^pertemuan/(?P<code>A-\d{4}-\d{3,9})"
LINE = r"^komitmen/(?P<code>K-\d{4}-\d{3,9})"

app_name = "commitments"
urlpatterns: list[URLPattern] = [
    path("pertemuan/catat/", log, name="log"),
    path("pertemuan/tempel/", paste, name="paste"),
    path("pertemuan/impor/", import_table, name="import"),
    re_path(rf"{MEETING}/komitmen/$", add_lines, name="add_lines"),
    re_path(rf"{MEETING}/sampaikan/$", share_meeting, name="share_meeting"),
    re_path(rf"{MEETING}/kesepakatan-rapat/$", agree, name="agree"),
    re_path(rf"{MEETING}/bagikan/$", share_text, name="share_text"),
    re_path(rf"{MEETING}/notula/pengesahan/$", sign_minutes, name="sign_minutes"),
    re_path(rf"{MEETING}/ubah/$", edit_meeting, name="edit_meeting"),
    re_path(rf"{MEETING}/berkas/$", add_meeting_file, name="add_meeting_file"),
    re_path(rf"{MEETING}/rapat/$", room, name="room"),
    re_path(rf"{MEETING}/foto-daftar-hadir/$", attendance_photo, name="attendance_photo"),
    re_path(rf"{MEETING}/gabung/$", merge_meeting, name="merge_meeting"),
    re_path(rf"{MEETING}/gabung/batal/$", unmerge_meeting, name="unmerge_meeting"),
    path("pertemuan/rencana/", plan, name="plan"),
    re_path(rf"{MEETING}/rencana/$", replan, name="replan"),
    re_path(rf"{MEETING}/tunda/$", postpone, name="postpone"),
    re_path(rf"{MEETING}/batalkan/$", cancel, name="cancel"),
    re_path(rf"{MEETING}/terlaksana/$", hold, name="hold_meeting"),
    re_path(rf"{MEETING}/rencanakan-lagi/$", reinstate, name="reinstate"),
    re_path(rf"{MEETING}/berhenti-berulang/$", end_series, name="end_series"),
    re_path(rf"{MEETING}/evaluasi/$", evaluate, name="evaluate"),
    path("komitmen/", listing, name="list"),
    path("komitmen/catat/", record_letter, name="record_letter"),
    re_path(rf"{LINE}/$", detail, name="detail"),
    re_path(r"^komitmen/(?P<code>[Kk]-\d{4}-\d{1,9})/$", tidy_code, name="tidy_code"),
    re_path(rf"{LINE}/lengkapi/$", change, name="change"),
    re_path(rf"{LINE}/sumber/$", source, name="source"),
    re_path(rf"{LINE}/mulai/$", start, name="start"),
    re_path(rf"{LINE}/perkembangan/$", report, name="report"),
    re_path(rf"{LINE}/kendala/$", block, name="block"),
    re_path(rf"{LINE}/lanjutkan/$", resume, name="resume"),
    re_path(rf"{LINE}/selesai/$", submit, name="submit"),
    re_path(rf"{LINE}/verifikasi/$", verify, name="verify"),
    re_path(rf"{LINE}/kembalikan/$", send_back, name="send_back"),
    re_path(rf"{LINE}/verifikasi-dokumen/$", verify_by_document, name="verify_by_document"),
    re_path(rf"{LINE}/gabung/$", merge_commitment, name="merge"),
    re_path(rf"{LINE}/gabung/batal/$", unmerge_commitment, name="unmerge"),
    path("verifikasi/", review, name="review"),
    path("bukti/<int:pk>/", evidence, name="evidence"),
    path("bukti/<int:pk>/izin/", proof_photo, name="photo_consent"),
    re_path(rf"{MEETING}/berkas/(?P<file_id>[0-9]{{1,9}})/izin/$", meeting_photo, name="meeting_photo_consent"),
    re_path(rf"{LINE}/buang/$", discard_line, name="discard_line"),
    re_path(rf"{LINE}/sampaikan/$", share_line, name="share_line"),
    path("pemberitahuan/", inbox, name="inbox"),
    path("pemberitahuan/dibaca/", read_all, name="inbox_read"),
    path("pemberitahuan/<int:pk>/terkirim/", sent_by_hand, name="sent_by_hand"),
    path("pemberitahuan/<int:pk>/batal/", drop_by_hand, name="drop_by_hand"),
]
