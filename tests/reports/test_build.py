"""The builder: what may be chosen, what it shows before anybody asks, and that its page runs nothing."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import translation

from agencies.models import Draft, Paper
from commitments.models import EvidenceKind, PhotoConsent
from commitments.models.progress import Evidence
from config.throttle import Throttle
from reports import preview
from reports.counting.periods import read_period
from reports.jobs import actions
from reports.models import ReportJob
from reports.options import Form, Layout, ReportOptions, Section
from reports.preview import nearest_period, preview_of
from reports.views import build
from tests.factories import AgreementFactory, ClauseFactory, CommitmentFactory, ProgressFactory, at

BUILD, PAGE = "/laporan/susun/", "/laporan/susun/pratinjau/"
QUARTER = read_period("2026-TW1")
NOW = at("2026-04-20")


@pytest.fixture(autouse=True)
def asleep(monkeypatch):
    monkeypatch.setattr("reports.jobs.work.wake", lambda *task: None)


@pytest.fixture
def browser(as_person, humas, commitment):
    return as_person(humas)


def chosen(agreement, **other):
    """The fields of the form as the page sends them."""
    fields = {
        "agreement": agreement.pk, "period": "2026-TW1", "form": "FULL", "audience": "INTERNAL", "layout": "MODERN",
        "sections": [str(part) for part in Section], "paper": "A4", "scope": f"{agreement.pk}/2026-TW1",
    }  # fmt: skip
    return fields | other


def photo_of(commitment, by, name="foto-1.jpg"):
    entry = ProgressFactory(commitment=commitment, at=at("2026-02-10"))
    proof = Evidence.objects.create(
        progress=entry, kind=EvidenceKind.FILE, file="evidence/x.jpg", name=name, content_type="image/jpeg", sha256="0"
    )
    return PhotoConsent.objects.create(
        evidence=proof, is_allowed=True, allowed_by="Kepala Seksi", caption="Bursa kerja", by=by, at=at("2026-02-11")
    )


def test_who_looks_without_end_waits_and_may_still_ask_for_the_report(
    browser, as_person, petugas, agreement, monkeypatch
):
    monkeypatch.setattr(build, "LOOKS", Throttle("uji", 3, build.LOOKS.window))
    where = f"{PAGE}?{urlencode(chosen(agreement), doseq=True)}"

    assert [browser.get(where).status_code for _look in range(4)] == [200, 200, 200, 429]
    page = browser.get(where.replace(PAGE, BUILD)).content.decode()
    assert "Terlalu banyak pratinjau. Coba lagi pukul" in page
    assert browser.post(BUILD, chosen(agreement, aksi="susun")).status_code == 302
    assert as_person(petugas).get(where).status_code == 200


def test_everything_that_was_chosen_is_asked_for(browser, agreement, unit, humas):
    unit.region = "Kota Uji"
    unit.save()

    answer = browser.post(
        BUILD,
        chosen(
            agreement, aksi="susun", form="ONE_PAGE", layout="CONVENTIONAL", sections=["MATRIX", "ANNEX_D"],
            agencies=[unit.code], region="Kota Uji", paper="F4", audience="PUBLIC", left_out=["7"],
            signatory_1="Kepala Balai", signatory_2="Kepala Suku Dinas",
        ),
    )  # fmt: skip

    job = ReportJob.objects.get()
    assert (answer.status_code, answer.url) == (302, job.get_absolute_url())
    assert (job.agreement, job.period, job.requested_by) == (agreement, "2026-TW1", humas)
    assert job.chosen == ReportOptions(
        form=Form.ONE_PAGE, layout=Layout.CONVENTIONAL, sections=(Section.MATRIX, Section.ANNEX_D),
        agencies=(unit.code,), region="Kota Uji", paper=Paper.F4, is_public=True, left_out=(7,),
        signatories=("Kepala Balai", "Kepala Suku Dinas"),
    )  # fmt: skip


def test_the_page_opens_with_the_usual_choices_and_the_issuers_paper(as_person, humas, bp3mi, commitment, agreement):
    bp3mi.paper, bp3mi.signing_post = Paper.F4, "Kepala Balai"
    bp3mi.save()
    browser = as_person(humas)

    form = browser.get(BUILD).context["form"]

    assert form["agreement"].value() == str(agreement.pk)
    assert form["paper"].value() == "F4"
    assert form["signatory_1"].value() == "Kepala Balai"
    assert form.options == ReportOptions(paper=Paper.F4)


def test_the_address_may_name_agreement_and_period(browser, bp3mi, agreement):
    other = AgreementFactory(host_agency=bp3mi)

    form = browser.get(BUILD, {"kesepakatan": other.code, "periode": "2024-TW3"}).context["form"]
    nonsense = browser.get(BUILD, {"kesepakatan": "x", "periode": "x", "pekerjaan": "x"}).context["form"]

    assert (form.about, form.asked_period) == (other, read_period("2024-TW3"))
    assert "2024-TW3" in dict(form.fields["period"].choices)
    assert nonsense.is_valid()


def test_a_failed_job_opens_with_its_choices(browser, agreement, bp3mi, humas):
    options = ReportOptions(form=Form.ONE_PAGE, left_out=(3,), signatories=("A", "B"))
    job = actions.request_report(agreement, QUARTER, issuer=bp3mi, by=humas, at=NOW, options=options)

    form = browser.get(BUILD, {"pekerjaan": job.pk}).context["form"]

    assert form.is_valid()
    assert form.options == options


def test_what_is_missing_is_said_beside_the_page(browser, agreement, clause, meeting, unit):
    CommitmentFactory(meeting=meeting, lead=unit)
    CommitmentFactory(meeting=meeting)

    page = browser.post(BUILD, chosen(agreement, aksi="pratinjau"), follow=True).content.decode()

    assert "3 komitmen, perkiraan" in page
    assert "2 komitmen tanpa tenggat akan ditandai." in page
    assert "1 komitmen tanpa penanggung jawab akan ditandai." in page
    assert not ReportJob.objects.exists()


def test_an_empty_period_names_the_nearest_that_has_data(browser, agreement):
    page = browser.post(BUILD, chosen(agreement, period="2025-TW1"), follow=True).content.decode()

    assert "Belum ada data pada periode ini." in page
    assert "periode terdekat yang ada datanya" in page
    assert nearest_period(agreement, read_period("2025-TW1"), today=dt.date(2026, 4, 20)) == read_period("2026-TW1")
    assert nearest_period(AgreementFactory(), QUARTER, today=dt.date(2026, 4, 20)) is None


def test_the_script_gets_the_preview_alone_and_new_choices_only_when_the_agreement_changed(browser, agreement):
    script = {"HX-Request": "true"}

    same = browser.post(BUILD, chosen(agreement), headers=script).content.decode()
    moved = browser.post(BUILD, chosen(agreement, scope="1/2020"), headers=script).content.decode()

    assert "<html" not in same
    assert 'id="pratinjau"' in same
    assert 'id="cakupan"' not in same
    assert 'id="cakupan" data-hx-swap-oob="true"' in moved


def test_without_scripts_the_page_shows_the_same_at_an_address_of_its_own(browser, agreement):
    answer = browser.post(BUILD, chosen(agreement, aksi="pratinjau", form="ONE_PAGE", signatory_1="Kepala & Balai"))
    shown = browser.get(answer.url)
    page = shown.content.decode()

    assert answer.status_code == 302
    assert answer.url.endswith("#pratinjau")
    assert shown.context["form"].options == ReportOptions(form=Form.ONE_PAGE, signatories=("Kepala & Balai",))
    assert shown.context["form"].once is not None

    assert "<iframe" in page
    assert 'value="susun"' in page


def test_an_agency_of_another_agreement_is_refused_beside_its_field(browser, agreement):
    answer = browser.post(BUILD, chosen(agreement, aksi="susun", agencies=["bukan-instansi"]))

    assert answer.status_code == 422
    assert "Ada instansi yang tidak memimpin komitmen di kesepakatan ini." in answer.content.decode()
    assert not ReportJob.objects.exists()


def test_agreements_of_others_cannot_be_chosen_nor_looked_at(browser):
    foreign = AgreementFactory(code="NK-2025-050")

    assert browser.post(BUILD, chosen(foreign, aksi="susun")).status_code == 422
    assert browser.get(PAGE, chosen(foreign)).status_code == 422
    assert not ReportJob.objects.exists()


def keep(browser, draft, fields):
    """Send what is typed as the page does every few seconds."""
    sent = fields | {"konsep": draft.ticket, "konsep_versi": str(draft.version)}
    return browser.post("/konsep/", sent, headers={"HX-Request": "true"})


def test_what_was_typed_and_not_asked_for_waits_until_it_is(browser, agreement):
    draft = browser.get(BUILD).context["draft"]
    assert keep(browser, draft, chosen(agreement, form="ONE_PAGE", signatory_2="Kepala Dinas")).status_code == 200

    back = browser.get(BUILD)

    assert back.context["form"].options == ReportOptions(form=Form.ONE_PAGE, signatories=("Kepala Dinas",))
    assert "dilanjutkan" in back.content.decode()
    asked = chosen(agreement, aksi="susun", form="ONE_PAGE", konsep=back.context["draft"].ticket)
    assert browser.post(BUILD, asked).status_code == 302
    assert not Draft.objects.exists()


def test_an_address_that_says_what_is_wanted_leaves_the_draft_alone(browser, agreement):
    draft = browser.get(BUILD).context["draft"]
    keep(browser, draft, chosen(agreement, signatory_2="Kepala Dinas"))

    other = browser.get(BUILD, {"kesepakatan": agreement.code})
    keep(browser, other.context["draft"], chosen(agreement, signatory_2="Wali Kota"))

    assert other.context["form"]["signatory_2"].value() is None
    assert "dilanjutkan" not in other.content.decode()
    kept = {row.content["fields"]["signatory_2"][0] for row in Draft.objects.all()}
    assert kept == {"Kepala Dinas", "Wali Kota"}


def test_a_draft_with_a_choice_that_is_gone_is_opened_without_scolding(browser, agreement):
    draft = browser.get(BUILD).context["draft"]
    keep(browser, draft, chosen(agreement, agencies=["tidak-ada-lagi"]))

    back = browser.get(BUILD)

    assert back.status_code == 200
    assert not back.context["form"].errors


def test_a_second_click_asks_for_no_second_report(browser, agreement):
    token = browser.get(BUILD).context["form"]["token"].value()
    sent = chosen(agreement, aksi="susun", token=token)

    first, second = browser.post(BUILD, sent), browser.post(BUILD, sent)

    assert first.url == second.url
    assert ReportJob.objects.count() == 1


def test_photos_that_may_be_printed_are_offered_to_be_left_out(browser, agreement, commitment, humas):
    consent = photo_of(commitment, humas)

    page = browser.post(BUILD, chosen(agreement), follow=True).content.decode()
    without = browser.post(BUILD, chosen(agreement, aksi="susun", left_out=[str(consent.pk)]))

    assert "1 foto berizin pada periode ini" in page
    assert "Bursa kerja (K-2026-001)" in page
    assert without.status_code == 302
    assert ReportJob.objects.get().chosen.left_out == (consent.pk,)


def test_the_page_is_the_one_of_the_document_and_nothing_in_it_runs(browser, agreement, commitment):
    commitment.wording = '<script>alert(1)</script><img src="https://simpul.example/x">'
    commitment.save()

    answer = browser.get(PAGE, chosen(agreement))

    page, policy = answer.content.decode(), answer.headers["Content-Security-Policy"]
    assert "Laporan Kemajuan" in page
    assert preview.CODE in page
    assert "<script" not in page
    assert "https://simpul.example/x" not in page.replace("&quot;", '"') or '<img src="https' not in page
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_only_the_builder_may_show_a_frame_and_only_of_its_own(browser):
    assert "frame-src 'self'" in browser.get(BUILD).headers["Content-Security-Policy"]
    assert "frame-src" not in browser.get("/laporan/").headers["Content-Security-Policy"]


def test_a_preview_of_many_rows_shows_the_first_ones(agreement, meeting, bp3mi, commitment, monkeypatch):
    monkeypatch.setattr(preview, "ROWS", 2)
    for _n in range(3):
        CommitmentFactory(meeting=meeting)

    found = preview_of(agreement, QUARTER, issuer=bp3mi, at=NOW, options=ReportOptions())

    assert (found.total, len(found.snapshot["rows"])) == (4, 2)
    assert "Pratinjau memuat 2 komitmen pertama." in found.warnings
    assert found.html.count("<body") == 1


def test_one_page_is_expected_to_be_one_page(agreement, bp3mi, commitment):
    ClauseFactory(agreement=agreement)
    options = ReportOptions(form=Form.ONE_PAGE)

    assert preview_of(agreement, QUARTER, issuer=bp3mi, at=NOW, options=options).pages == 1


def test_a_person_without_any_agreement_is_told_so(as_person, petugas_asing):
    answer = as_person(petugas_asing).get(BUILD)

    assert answer.status_code == 200
    assert "Belum ada kesepakatan yang dapat dilaporkan." in answer.content.decode()


def test_who_makes_no_reports_has_no_builder(as_person, auditor, admin, commitment):
    for user in (auditor, admin):
        assert as_person(user).get(BUILD).status_code == 403
        assert as_person(user).get(PAGE).status_code == 403


def test_the_preview_speaks_indonesian_as_the_report_will_to_a_reader_of_english(agreement, bp3mi, commitment):
    def page():
        return preview_of(agreement, QUARTER, issuer=bp3mi, at=NOW, options=ReportOptions()).html

    with translation.override("en"):
        english = page()

    assert english == page()


def test_the_door_of_the_preview_is_named(browser):
    assert reverse("reports:build_preview") == PAGE
