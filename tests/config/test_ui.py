"""Components of the screen: four signals for a status, words that cannot be markup, and a page of them all."""

from dataclasses import replace

import pytest
from django import forms
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory, override_settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from config import views
from config.context import Link, site
from config.templatetags.ui import FLAGS, STATUSES


def shown(source, **context):
    return engines["django"].from_string("{% load ui i18n %}" + source).render(context, RequestFactory().get("/"))


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_shape_word_and_look_of_its_own(status):
    look, words = STATUSES[status]

    html = shown("{% status_tag status %}", status=status)

    assert f"tag-{look}" in html
    assert f"#status-{look}" in html
    assert str(words) in html


def test_no_two_statuses_look_alike():
    looks = [look for look, _ in STATUSES.values()]

    assert len(set(looks)) == len(looks)


def test_a_status_can_be_said_in_other_words():
    html = shown('{% status_tag "SUBMITTED" "4 menunggu verifikasi" %}')

    assert "4 menunggu verifikasi" in html
    assert "tag-submitted" in html


def test_an_unknown_status_is_a_mistake_of_the_page():
    with pytest.raises(KeyError):
        shown('{% status_tag "APA" %}')


@pytest.mark.parametrize("kind", FLAGS)
def test_every_flag_has_shape_and_words(kind):
    html = shown("{% flag kind words %}", kind=kind, words="Terlambat 12 hari")

    assert f"#flag-{kind}" in html
    assert "Terlambat 12 hari" in html


def test_an_unknown_flag_is_a_mistake_of_the_page():
    with pytest.raises(TemplateSyntaxError, match="flag knows"):
        shown('{% flag "red" "Terlambat" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% flag "late" words %}',
        "{% sentence words %}",
        "{% empty_state words words words words %}",
        "{% breadcrumb words words %}",
        "{% copy_box words words %}",
        "{% meter 1 4 words %}",
        "{% conflict words rows %}",
        '{% status_tag "DONE" words %}',
        "{% icon words %}",
    ],
)
def test_words_never_become_markup(source):
    hostile = '"><script>alert(1)</script>'

    html = shown(source, words=hostile, rows=[(hostile, hostile, hostile)])

    assert "<script>" not in html


def test_an_icon_is_hidden_from_screen_readers():
    assert 'aria-hidden="true"' in shown('{% icon "plus" %}')


def test_an_empty_list_offers_the_next_step():
    with_step = shown('{% empty_state "Belum ada komitmen." "" "/pertemuan/catat/" "Catat pertemuan" %}')
    without = shown('{% empty_state "Belum ada komitmen." %}')

    assert '<a class="btn" href="/pertemuan/catat/">Catat pertemuan</a>' in with_step
    assert "<a " not in without


def test_a_late_sentence_is_tinted_and_a_calm_one_is_not():
    assert "sentence-late" in shown('{% sentence "3 komitmen melewati tenggat." late=True %}')
    assert "sentence-late" not in shown('{% sentence "Tidak ada yang melewati tenggat." %}')


def test_the_text_to_copy_can_be_copied_without_javascript():
    html = shown('{% copy_box "Hasil audiensi" "Teks untuk WhatsApp" %}')

    assert "<textarea" in html
    assert "Hasil audiensi" in html
    assert "data-needs-js hidden" in html


def test_a_conflict_shows_both_values_side_by_side():
    html = shown("{% conflict words rows %}", words="Diubah pukul 10.41.", rows=[("Tenggat", "30 Juni", "31 Juli")])

    assert "Diubah pukul 10.41." in html
    assert html.index("30 Juni") < html.index("31 Juli")


class PresenceForm(forms.Form):
    present = forms.MultipleChoiceField(
        label="Hadir", choices=[("a", "Sudin A"), ("b", "Sudin B")], widget=forms.CheckboxSelectMultiple
    )
    basis = forms.ChoiceField(label="Dasar", choices=[("u", "Usulan")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Disepakati")
    secret = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    kind = forms.ChoiceField(label="Jenis", choices=[("r", "Rencana")])


def test_chips_are_real_checkboxes_in_a_fieldset():
    html = shown("{% chips form.present %}", form=PresenceForm(initial={"present": ["b"]}))

    assert html.count('type="checkbox"') == 2
    assert html.count("checked") == 1
    assert "<legend>Hadir" in html


def test_lists_of_choices_have_a_legend_and_single_fields_a_label():
    html = shown("{% form_body form %}", form=PresenceForm())

    assert "<legend>Dasar" in html
    assert '<label for="id_agreed">Disepakati</label>' in html
    assert 'class="form-select"' in html


def test_an_error_in_a_list_of_choices_leads_to_its_first_input():
    html = shown("{% error_summary form %}", form=PresenceForm({}))

    assert 'href="#id_present_0"' in html
    assert 'id="id_present_0"' in shown("{% chips form.present %}", form=PresenceForm({}))


def test_a_password_is_never_printed_and_may_be_shown_by_its_owner():
    html = shown("{% form_field form.secret %}", form=PresenceForm({"secret": "sangat-rahasia"}))

    assert "sangat-rahasia" not in html
    assert 'aria-controls="id_secret"' in html


def test_a_page_may_give_a_field_other_words():
    html = shown('{% form_field form.kind label=_("Macam") hint=_("Pilih satu.") %}', form=PresenceForm())

    assert "Macam" in html
    assert "Pilih satu." in html
    assert "Jenis" not in html


class Nobody:
    is_authenticated = False


class Somebody:
    is_authenticated = True

    def __init__(self, *actions):
        self.rights = self
        self.actions = actions

    def may(self, action):
        return action in self.actions


def places(user):
    request = RequestFactory().get("/komitmen/K-2026-001/")
    request.user = user
    return dict(site(request)["nav"])


def test_nobody_sees_no_menu():
    assert places(Nobody())["main"] == []


def test_the_menu_holds_only_what_a_person_may_open():
    officer = places(Somebody("home", "commitment.list", "meeting.log"))
    reader = places(Somebody("home"))

    assert [str(link.label) for link in officer["main"]] == ["Beranda", "Komitmen"]
    assert officer["log"].url == "/pertemuan/catat/"
    assert [str(link.label) for link in reader["main"]] == ["Beranda"]
    assert reader["log"] is None


def test_the_current_place_is_marked_and_the_front_page_only_marks_itself():
    main = places(Somebody("home", "commitment.list"))["main"]

    assert [(link.url, link.is_current) for link in main] == [("/", False), ("/komitmen/", True)]


@override_settings(DEBUG=False)
def test_the_component_page_does_not_exist_in_use():
    with pytest.raises(views.Http404):
        views.gallery(RequestFactory().get("/_ui/"))


@override_settings(DEBUG=True)
def test_the_component_page_shows_every_status():
    request = RequestFactory().get("/_ui/")
    request.user = Nobody()

    html = views.gallery(request).content.decode()

    assert all(f"tag-{look}" in html for look, _ in STATUSES.values())
    assert "Ada isian yang perlu diperbaiki" in html


def test_a_refusal_is_shown_with_its_reason():
    request = RequestFactory().get("/")
    request.user = Nobody()

    response = views.forbidden(request, PermissionError("Verifikasi dilakukan oleh orang lain."))

    assert response.status_code == 403
    assert "Verifikasi dilakukan oleh orang lain." in response.content.decode()


def test_a_breakdown_needs_no_database_and_no_session():
    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Maaf, ada gangguan pada layanan" in response.content.decode()


def test_words_that_were_once_markup_are_not_trusted_from_another_source():
    shown('{% flag "gap" words %}', words=mark_safe("<b>tenggat</b>"))

    assert "&lt;b&gt;tenggat&lt;/b&gt;" in shown('{% flag "gap" words %}', words="<b>tenggat</b>")


def test_a_tag_speaks_the_language_of_its_page():
    with override("id"):
        first = shown('{% status_tag "RUNNING" %}')
    with override("en"):
        second = shown('{% status_tag "RUNNING" %}')

    assert "Berjalan" in first
    assert "Berjalan" not in second


def test_places_are_drawn_anew_for_another_page_and_another_language():
    here = Link("reports:dashboard", "/dasbor/", gettext_lazy("Dasbor"), "dashboard", is_current=True)
    elsewhere = replace(here, is_current=False)
    source = '{% places "_ui/menu.html" links %}'

    with override("id"):
        first, second = shown(source, links=[here]), shown(source, links=[elsewhere])
    with override("en"):
        third = shown(source, links=[here])

    assert ("aria-current" in first, "aria-current" in second, "aria-current" in third) == (True, False, True)
    assert ("Dasbor" in first, "Dashboard" in third) == (True, True)
