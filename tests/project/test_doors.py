"""Every door, every example account: ``doors.csv`` says what each gets, and this tries it.

The table is kept by hand, apart from the policy: two independent sources must agree. ``object`` names the
row tried, so that each account's own scope follows. POST rows send an empty form; 302 is *done* or *sign in*.
"""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import triggers
from agencies.access import doors, is_third_party
from agencies.actions import attach_document
from agencies.audit import sha256
from agencies.models import Agreement, Channel, Contact, Delivery, Draft, Event, Holiday, Tenure, User
from commitments.models import Commitment, Evidence
from commitments.status import Status
from config.files import take_in
from meetings.actions import attach_file
from meetings.models import CheckIn, FileKind, Meeting
from reports.counting.periods import read_period
from reports.example.accounts import ACCOUNTS, email_of
from reports.management.commands.demo import load
from reports.models import ExportJob, JobState, Report, ReportJob, ReportRecipient
from reports.press.actions import write_about_meeting
from reports.press.sources import facts_of_meeting
from reports.snapshots.making import freeze
from tests.browsers import browser_of
from tests.pictures import tiny_png

TABLE = Path(__file__).with_name("doors.csv")
GUEST = "tamu"
PEOPLE = [name for name, *_rest in ACCOUNTS] + [GUEST]

THIRD_PARTY = {
    "public": {
        "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive",
        "account_confirm_email", "set_language", "account_email_verification_sent", "mfa_authenticate",
        "account_logout",
    },
    "signed-in": {
        "account_reauthenticate", "mfa_reauthenticate", "account_email", "account_change_password",
        "account_set_password", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    },
}  # fmt: skip


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 60  # all doors together may take a slow machine that long
    load(now=timezone.localtime())
    return Objects()


class Objects:
    """What the names in the ``object`` column stand for: the arguments of the URL."""

    def __init__(self):
        year = timezone.localdate().year
        real = Commitment.objects.filter(agreement__code="NK-2025-001").order_by("code").first()
        led = Commitment.objects.filter(is_example=True, lead__code="contoh-a")
        waiting = led.get(status=Status.SUBMITTED)
        draft = Commitment.objects.get(status=Status.DRAFT)
        officer = User.objects.get(email=email_of("petugas.bp3mi"))
        paper = take_in(SimpleUploadedFile("foto.png", tiny_png(), content_type="image/png"))
        held = Meeting.objects.filter(is_example=True, shared_at__isnull=False).first()
        file = attach_file(held, FileKind.PHOTO, paper, by=officer, at=timezone.now())
        self.codes = {
            "": {},
            "nyata": {"code": real.code},
            "contoh-a": {"code": led.filter(status=Status.RUNNING).order_by("code").first().code},
            "menunggu": {"code": waiting.code},
            "terkendala": {"code": Commitment.objects.get(status=Status.BLOCKED).code},
            "draf": {"code": draft.code},
            "tidak-ada": {"code": "K-2020-999"},
            "kesepakatan": {"code": "NK-2025-001"},
            "naskah": {"code": self._with_document("NK-2025-001").code},
            "kesepakatan-contoh": {"code": f"NK-{year}-001"},
            "pertemuan": {"code": real.meeting.code},
            "pertemuan-contoh": {"code": held.code},
            "pertemuan-draf": {"code": draft.meeting.code},
            "pertemuan-rencana": {"code": Meeting.objects.get(status="PLANNED").code},
            "instansi-sendiri": {"code": "bp3mi-jakarta"},
            "instansi-contoh": {"code": "contoh-a"},
            "bukti": {"pk": Evidence.objects.filter(progress__commitment=waiting, kind="FILE").first().pk},
            "pernyataan": {"code": real.meeting.code, "pk": real.meeting.statements.first().pk},
            "berkas": {"code": held.code, "file_id": file.pk},
            "orang-hadir": {"code": held.code, "row_id": held.attendance.first().pk},
            "pintu": {"token": self._open_door(held)},
            "nama-di-pintu": {"code": held.code, "entry_id": held.checkins.get().pk},
            "narahubung": {"code": "contoh-b", "pk": Contact.objects.get(agency__code="contoh-b").pk},
            "pengguna-sendiri": {"pk": User.objects.get(email=email_of("humas.bp3mi")).pk},
            "pengguna-contoh": {"pk": User.objects.get(email=email_of("petugas.contoh")).pk},
            "jabatan-sendiri": {"pk": Tenure.objects.get(user__email=email_of("humas.bp3mi")).pk},
            "libur": {"pk": Holiday.objects.create(on="2026-12-25", name="Contoh", kind="OWN").pk},
            "libur-dihapus": {
                "pk": Holiday.objects.create(on="2026-12-24", name="Contoh", kind="OWN", is_removed=True).pk
            },
            "tautan-salah": {"token": "bukan-tautan"},
            "pesan-wa": {"pk": self._text_by_hand(held)},
            "laporan": {"code": self._report("NK-2025-001").code},
            "laporan-contoh": {"code": self._report(f"NK-{year}-001").code},
            "laporan-terbit": {"code": self._issued("NK-2025-001").code},
            "ralat": self._erratum("NK-2025-001"),
            "data-laporan": {"code": Report.objects.filter(agreement__code="NK-2025-001").first().code, "ext": "json"},
            "data-laporan-contoh": {
                "code": Report.objects.filter(agreement__code=f"NK-{year}-001").first().code,
                "ext": "csv",
            },
            "angka": {"code": self._report("NK-2025-001").code, "name": "total"},
            "angka-contoh": {"code": self._report(f"NK-{year}-001").code, "name": "late"},
            "angka-salah": {"code": self._report(f"NK-{year}-001").code, "name": "clause-99"},
            "kode-tak-dikenal": {"code": "ZZZZ-ZZZZ-ZZ"},
            "pekerjaan": {"pk": self._job(officer).pk},
            "konsep": {"pk": self._draft(officer).pk},
            "siaran": {"pk": self._press_text(real.meeting, officer).pk},
            "siaran-contoh": {"pk": self._press_text(held, officer).pk},
            "daftar-komitmen": {"kind": "komitmen", "ext": "csv"},
            "daftar-pertemuan": {"kind": "pertemuan", "ext": "xlsx"},
            "daftar-verifikasi": {"kind": "verifikasi", "ext": "docx"},
            "daftar-tak-dikenal": {"kind": "apa-saja", "ext": "csv"},
            "jenis-komitmen": {"kind": "komitmen"},
            "berkas-besar": {"pk": self._export(officer)},
            "penerima": {"pk": self._recipient().pk},
            "tautan-berhenti": {"token": "b" * 43},
        }

    def _with_document(self, code):
        """The agreement, with a file."""
        agreement = Agreement.objects.get(code=code)
        paper = take_in(SimpleUploadedFile("naskah.png", tiny_png(), content_type="image/png"))
        head = User.objects.get(email=email_of("pimpinan.bp3mi"))
        return attach_document(agreement, paper, by=head, at=timezone.now())

    @staticmethod
    def _open_door(meeting):
        """The address at which people write their names, with one name on it."""
        meeting.checkin_token, meeting.checkin_until = "p" * 43, timezone.now() + dt.timedelta(hours=1)
        meeting.save()
        CheckIn.objects.create(meeting=meeting, name="Peserta", agency_text="Yayasan Contoh", at=timezone.now())
        return meeting.checkin_token

    def _text_by_hand(self, held):
        """A text that waits to be sent over WhatsApp by an officer of BP3MI."""
        contact = Contact.objects.get(agency__code="contoh-b")
        now = timezone.now()
        return Delivery.objects.create(
            key="door", channel=Channel.WHATSAPP_MANUAL, contact=contact, handled_by=held.host_agency, subject="-",
            body="Pesan contoh", created_at=now, next_try_at=now,
        ).pk  # fmt: skip

    def _report(self, agreement, period="2026-TW1"):
        """A report of BP3MI without the time that printing takes."""
        found, period = Agreement.objects.get(code=agreement), read_period(period)
        now = timezone.now()
        text = freeze(found, period, issuer=found.host_agency, at=now)
        snapshot = json.loads(text)
        report = Report(
            code=snapshot["code"], agreement=found, issuer=found.host_agency, period=period.code,
            starts_on=period.starts_on, ends_on=period.ends_on, as_of=now, snapshot=text,
            snapshot_sha256=sha256(text), made_at=now, is_example=found.is_example,
        )  # fmt: skip
        report.draft_pdf.save("laporan.pdf", ContentFile(b"%PDF-1.7"), save=False)
        report.save()
        return report

    def _issued(self, agreement):
        """A report of BP3MI that was issued, of another quarter than the draft: one of the same is in force."""
        report = self._report(agreement, "2026-TW2")
        report.status, report.published_at = "PUBLISHED", timezone.now()
        report.published_by = User.objects.get(email=email_of("humas.bp3mi"))
        report.pdf.name = report.draft_pdf.name
        report.save(update_fields=["status", "published_at", "published_by", "pdf"])
        return report

    def _erratum(self, agreement):
        """The draft of an erratum, to a report that was issued."""
        report, items = self._issued(agreement), '{"causes":[],"figures":[]}'
        report.errata.create(items=items, items_sha256=sha256(items), as_of=report.as_of, found_at=report.made_at)
        return {"code": report.code, "n": 1}

    def _draft(self, officer):
        """Something the officer has typed and not saved."""
        return Draft.objects.create(
            user=officer, form="catat~1", content={"path": "/pertemuan/catat/", "title": "-", "fields": {}},
            agency=officer.rights.main_agency, updated_at=timezone.now(),
        )  # fmt: skip

    @staticmethod
    def _press_text(meeting, officer):
        """A text for the press about a meeting, not released yet."""
        facts, now = facts_of_meeting(meeting, at=timezone.now()), timezone.now()
        return write_about_meeting(meeting, facts, title="Naskah", words="Naskah.", by=officer, at=now)

    def _job(self, officer):
        agreement = Agreement.objects.get(code="NK-2025-001")
        return ReportJob.objects.create(
            agreement=agreement, issuer=agreement.host_agency, period="2026-TW1",
            requested_by=officer, requested_at=timezone.now(),
        )  # fmt: skip

    @staticmethod
    def _export(officer):
        """A large file that the officer asked for and has."""
        job = ExportJob(kind="komitmen", params={"query": ""}, name="komitmen.xlsx", state=JobState.DONE,
                        requested_by=officer, requested_at=timezone.now())  # fmt: skip
        job.file.save("komitmen.xlsx", ContentFile(b"PK"), save=False)
        job.save()
        return job.pk

    @staticmethod
    def _recipient():
        """An address that gets the reports of BP3MI, with its link to stop."""
        pact = Agreement.objects.get(code="NK-2025-001")
        head = User.objects.get(email=email_of("pimpinan.bp3mi"))
        return ReportRecipient.objects.create(
            issuer=pact.host_agency, agreement=pact, post_text="Kepala Dinas", address="dinas@kota.example",
            token="b" * 43, added_by=head, added_at=timezone.now(),
        )  # fmt: skip

    def address(self, url_name, name):
        return reverse(url_name, kwargs=self.codes[name]) if name in self.codes else None


@pytest.fixture
def browsers(world):
    found = {GUEST: Client()}
    for name in PEOPLE[:-1]:
        found[name] = browser_of(User.objects.get(email=email_of(name)))
    return found


def test_every_url_has_a_row():
    listed = {row["url_name"] for row in rows()}
    ours = {name for name, _route, view in doors() if not is_third_party(view)}

    assert ours - listed == set(), "doors without a row"
    assert listed - ours == set(), "rows without a door"


def test_every_third_party_url_is_listed():
    found = {name for name, _route, view in doors() if is_third_party(view)}

    assert found == THIRD_PARTY["public"] | THIRD_PARTY["signed-in"]


def test_every_door_answers_everybody_as_the_table_says(world, browsers):
    wrong = []
    for row in rows():
        for person in PEOPLE:
            got = answer(world, browsers[person], row)
            if str(got) != row[person]:
                wrong.append(f"{row['method']} {row['url_name']} [{row['object']}] {person}: {got}, not {row[person]}")

    assert wrong == [], "\n".join(wrong)


def answer(world, browser, row):
    """The status of one try; whatever it changed is undone."""
    address = world.address(row["url_name"], row["object"])
    with transaction.atomic():
        empty = {"csrfmiddlewaretoken": "-"}
        response = browser.get(address) if row["method"] == "GET" else browser.post(address, empty)
        for close in response._resource_closers:  # a file; response.close() would close the database too
            close()
        transaction.set_rollback(True)
    return response.status_code


def test_a_refused_change_leaves_its_trace_and_nothing_else(world, browsers):
    commitment = Commitment.objects.filter(status=Status.SUBMITTED).first()
    before = digest()

    response = browsers["petugas.contoh"].post(reverse("commitments:verify", kwargs={"code": commitment.code}))

    assert response.status_code == 403
    assert Event.objects.order_by("seq").last().verb == "access.refused"
    assert digest() == before


def digest():
    """What must not move when a door stays shut."""
    return [
        sorted(model.objects.values_list("pk", *fields))
        for model, fields in (
            (Commitment, ("status", "version", "terms_n")),
            (Meeting, ("version",)),
            (Agreement, ("version",)),
            (Delivery, ("state",)),
        )
    ]


def test_triggers_stand_while_doors_are_tried(db):
    assert triggers.missing_triggers() == []
