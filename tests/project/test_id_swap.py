"""Foreign ids in the path, foreign ids in the body, and fields nobody asked for: none of them moves a row."""

import uuid

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import FileField
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Agreement, Clause, Event, EventHead, EventText, FormToken, User
from commitments.models import Commitment
from meetings.models import Meeting
from reports.example.accounts import email_of
from tests.project.crawling import OWN_APPS, changed, digest_of
from tests.project.test_doors import rows

TRACES = {Event, EventText, EventHead, FormToken}  # a refusal leaves its trace there and nowhere else
OPEN_TO_OTHERS = {"agencies:contact_add"}  # one's own note about a foreign agency
ADMINS = {  # an Admin looks after every agency and account
    "agencies:agency_edit", "agencies:alias_keep", "agencies:person_deactivate", "agencies:person_give_roles",
    "agencies:person_reactivate", "agencies:person_renew_link", "agencies:tenure_end",
}  # fmt: skip
INTRUDERS = (
    "petugas.bp3mi", "pimpinan.bp3mi", "humas.bp3mi", "pimpinan.contoh", "petugas.asing", "auditor", "admin",
)  # fmt: skip
EVERYTHING = {  # what a form of ours might take, at once
    "aksi": "sampaikan", "text": "Isi", "reason": "Alasan", "alasan": "Alasan", "wording": "Isi", "obstacle": "Kendala",
    "seen": "x", "version": "1", "realised": "1", "held_on": "2 Februari 2026", "lines": "Isi", "kind": "MINUTES",
    "link": "https://simpul.example/bukti", "letter_number": "1", "letter_on": "2 Februari 2026", "name": "Nama",
    "signer_name": "Nama", "signer_post": "Jabatan", "post_text": "Jabatan", "short_name": "Nama",
    "zone": "Asia/Jakarta",
    "alias-name": "Nama", "post_title": "Jabatan", "roles": "OFFICER", "signed_on": "2 Februari 2026",
    "source_kind": "LETTER", "source_text": "Nama", "source_on": "2 Februari 2026", "minutes": "Isi",
}  # fmt: skip
UNASKED = {  # columns that no form offers, with a value that would show
    "status": "DONE", "is_example": "on", "is_discarded": "on", "is_active": "", "is_removed": "on",
    "code": "K-2026-900",
    "created_at": "2020-01-01", "shared_at": "2020-01-01", "closed_at": "2020-01-01", "submitted_at": "2020-01-01",
    "late_from": "2020-01-01", "due_basis": "AGREED", "strength": "CONFIRMED", "terms_n": "9", "position": "9",
    "profile": "STRICT", "is_open_between_parties": "on", "path": "/", "is_superuser": "on", "is_staff": "on",
    "span_start": "9", "made_at": "2020-01-01", "snapshot": "{}", "snapshot_sha256": "0", "percent": "100",
    "state": "DONE", "password": "x", "last": "9", "verdict": "ACCEPTED", "at": "2020-01-01", "n": "9",
}  # fmt: skip


def test_no_posted_form_reaches_a_foreign_row(example, foreign, signed_in):
    before, reached = digest_of(leave_out=TRACES), {}
    for person in INTRUDERS:
        signed_in[person].get("/")  # fresh from the sign-in page: no door asks for the password again
        for row in rows():
            stranger = foreign.stand_in(row["object"]) if row["method"] == "POST" else None
            name = row["url_name"]
            if stranger is None or name in OPEN_TO_OTHERS or (person == "admin" and name in ADMINS):
                continue
            status = signed_in[person].post(reverse(name, kwargs=stranger), EVERYTHING).status_code
            if status not in (403, 404):
                reached[f"{person} {name}"] = status

    assert reached == {}
    assert changed(before, digest_of(leave_out=TRACES)) == []


class Form:
    """A form that works when it is sent as it is; ``foreign`` names fields and values that must not work."""

    def __init__(self, person, url_name, arguments, fields, foreign=(), unasked=()):
        self.person, self.address = person, reverse(url_name, kwargs=arguments)
        self.fields, self.foreign = fields, dict(foreign)
        self.unasked = {name: value for name, value in (UNASKED | dict(unasked)).items() if name not in fields}


def forms(example, foreign):
    """Every kind of form with references or many columns, by name."""
    year = timezone.localdate().year
    own = Agreement.objects.get(code=f"NK-{year}-001")
    meeting = Meeting.objects.get(**example.codes["pertemuan-contoh"])
    line = Commitment.objects.get(**example.codes["draf"])
    bp3mi = Agency.objects.get(code="bp3mi-jakarta")
    humas = User.objects.get(email=email_of("humas.bp3mi"))
    by = {"created_by": foreign.officer.pk, "by": foreign.officer.pk, "author": foreign.officer.pk}
    place = {"host_agency": foreign.host.pk, "agency": foreign.host.pk, "issuer": foreign.host.pk}
    facts = {"kind": "PKS", "signed_on": "2 Februari 2026", "party1": bp3mi.pk, "party2": foreign.lead.pk}
    return {
        "log": Form(
            "petugas.bp3mi", "commitments:log", {},
            {"host": "bp3mi-jakarta", "held_on": "2 Februari 2026", "kind": "AUDIENCE", "agreement": own.pk,
             "lines": "Kegiatan bersama", "aksi": "draf"},
            {"host": foreign.host.code, "agreement": foreign.agreement.pk}, by | place,
        ),
        "letter": Form(
            "petugas.bp3mi", "commitments:record_letter", {},
            {"host": "bp3mi-jakarta", "origin": "LETTER", "origin_on": "2 Februari 2026", "reference": "1/2026",
             "agreement": own.pk, "lines": "Kegiatan bersama", "aksi": "draf"},
            {"host": foreign.host.code, "agreement": foreign.agreement.pk}, by | place,
        ),
        "meeting": Form(
            "petugas.bp3mi", "commitments:edit_meeting", {"code": meeting.code},
            {"held_on": "2 Februari 2026", "kind": "AUDIENCE", "agreement": own.pk, "minutes": "Baru",
             "version": meeting.version},
            {"agreement": foreign.agreement.pk, "version": meeting.version + 1}, by | place,
        ),
        "terms": Form(
            "petugas.bp3mi", "commitments:change", {"code": line.code},
            {"wording": "Kegiatan bersama yang lain", "version": line.version},
            {"clauses": foreign.clause.pk, "lead": "tidak-ada", "version": line.version + 1}, by | place,
        ),
        "agreement": Form(
            "pimpinan.bp3mi", "agencies:agreement_add", {}, facts | {"host_agency": bp3mi.pk},
            {"host_agency": foreign.host.pk, "parent": foreign.agreement.pk}, by,
        ),
        "agency": Form(
            "pimpinan.bp3mi", "agencies:agency_edit", {"code": "bp3mi-jakarta"},
            {"name": bp3mi.name, "short_name": "BP3MI", "zone": bp3mi.zone, "paper": bp3mi.paper}, {},
            {"kind": "MINISTRY", "parent": foreign.host.pk, "technical_parent": foreign.host.pk,
             "successor": foreign.host.pk},
        ),
        "contact": Form(
            "petugas.bp3mi", "agencies:contact_edit", example.codes["narahubung"], {"post_text": "Kepala Seksi"},
            {"post_text": ""}, {"kept_by": foreign.host.pk} | place,
        ),
        "invitation": Form(
            "pimpinan.bp3mi", "agencies:person_invite", {},
            {"name": "Pegawai", "email": "baru@simpul.example", "agency": bp3mi.pk, "post_title": "Staf",
             "roles": "OFFICER"},
            {"agency": foreign.host.pk, "roles": "ADMIN", "email": humas.email}, {"role": "ADMIN", "user": humas.pk},
        ),
        "roles": Form(
            "pimpinan.bp3mi", "agencies:person_give_roles", {"pk": humas.pk},
            {"agency": bp3mi.pk, "post_title": "Staf", "roles": "OFFICER"},
            {"agency": foreign.host.pk, "roles": "ADMIN"},
            {"role": "ADMIN", "user": foreign.officer.pk, "holding": "ACTING"},
        ),
        "progress": Form(
            "petugas.contoh", "commitments:report", example.codes["contoh-a"], {"text": "Sudah berjalan."},
            {"text": ""}, by | place | {"on_behalf_of": foreign.host.pk, "kind": "CLAIM", "sensitivity": "GENERAL"},
        ),
        "report": Form(
            "humas.bp3mi", "reports:list", {}, {"agreement": own.pk, "period": f"{year}-TW1"},
            {"agreement": foreign.agreement.pk, "period": "1999-TW9"}, {"requested_by": foreign.officer.pk} | place,
        ),
    }  # fmt: skip


@pytest.fixture
def known(example, foreign, signed_in, monkeypatch, time_machine):
    """All forms, at a standing clock, with nobody at work in the background."""
    time_machine.move_to(timezone.now(), tick=False)
    monkeypatch.setattr("config.celery.wake", lambda *args, **kwargs: None)
    for browser in signed_in.values():
        browser.get("/")
    return forms(example, foreign)


def test_a_foreign_id_in_the_body_is_refused(known, signed_in, foreign):
    wrong = []
    for name, form in known.items():
        browser = signed_in[form.person]
        if (status := sent(browser, form.address, form.fields)[0]) != 302:
            wrong.append(f"{name}: the honest form gives {status}")
        for field, value in form.foreign.items():
            status, before, after = sent(browser, form.address, form.fields | {field: value})
            if status not in (403, 404, 409, 422) or changed(before, after):
                wrong.append(f"{name} with {field}={value}: {status}, moved {changed(before, after)}")

    assert wrong == []


def sent(browser, address, fields):
    """(status, rows before, rows after) of one try, which is undone."""
    with transaction.atomic():
        before = digest_of(leave_out=TRACES)
        status = browser.post(address, fields | {"token": str(uuid.uuid4())}).status_code
        after = digest_of(leave_out=TRACES)
        transaction.set_rollback(True)
    return status, before, after


def test_a_field_nobody_asked_for_changes_nothing(known, signed_in):
    if connection.vendor != "sqlite":
        pytest.skip("numbers of undone rows are used again only by SQLite")
    moved = {}
    for name, form in known.items():
        browser, token = signed_in[form.person], {"token": str(uuid.uuid4())}

        honest = state_after(browser, form.address, form.fields | token)
        stuffed = state_after(browser, form.address, form.fields | form.unasked | token)

        if tables := [table for table in honest if honest[table] != stuffed[table]]:
            moved[name] = tables
    assert moved == {}


def state_after(browser, address, fields):
    """Every column of every row after a form was sent, but for what is drawn by lot; then undone."""
    by_lot = {"hash", "previous_hash", "password", "body", "key", "digest", "message_id"}
    with transaction.atomic():
        assert browser.post(address, fields).status_code == 302
        state = {}
        for model in apps.get_models():
            if model._meta.app_label in OWN_APPS and model is not EventHead:
                fields = [f.attname for f in model._meta.concrete_fields]
                kept = [f for f in fields if f not in by_lot and not isinstance(model._meta.get_field(f), FileField)]
                state[model.__name__] = list(model._default_manager.order_by("pk").values_list(*kept))
        transaction.set_rollback(True)
    return state


def test_the_clauses_of_another_agreement_do_not_even_show(example, foreign, signed_in):
    page = signed_in["petugas.bp3mi"].get(reverse("commitments:change", kwargs=example.codes["draf"]))

    offered = page.context["form"].fields["clauses"].queryset
    assert offered.exists()
    assert not offered.filter(pk__in=Clause.objects.filter(agreement=foreign.agreement)).exists()
