"""The base of every form: mistakes are explained, doubts can be overruled, dates are read as written."""

import datetime as dt
import uuid

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from config.forms import Form, OneTimeForm, TypedDateField, choices_of, seen, written_date


class TargetForm(Form):
    realised = forms.IntegerField(label="Realisasi")
    due_on = TypedDateField(label="Tenggat", required=False)

    def clean(self):
        value = self.cleaned_data.get("realised")
        if value and value > 12:
            self.add_warning("realised", f"realised-{value}", f"Realisasi {value} melebihi target 12.")


class LetterForm(OneTimeForm):
    title = forms.CharField(label="Perihal", help_text="Seperti pada surat.")
    note = forms.CharField(label="Catatan", required=False)


def rendered(form, tag="form_body form"):
    return engines["django"].from_string("{% load ui %}{% " + tag + " %}").render({"form": form})


@pytest.mark.parametrize(
    "text",
    [
        "30 Juni 2026",
        "30 jun 2026",
        "Selasa, 30 Juni 2026",
        "30/6/2026",
        "30-6-2026",
        "30.06.2026",
        "2026-06-30",
        " 30jun2026 ",
    ],
)
def test_dates_are_read_the_way_people_write_them(text):
    assert written_date(text) == dt.date(2026, 6, 30)


def test_the_day_stands_before_the_month():
    assert written_date("4/12/2026") == dt.date(2026, 12, 4)


@pytest.mark.parametrize("text", ["31 Februari 2026", "2026-02-30", "12 Foo 2026", "30/13/2026"])
def test_a_date_outside_the_calendar_is_named(text):
    with pytest.raises(ValueError, match="tidak ada di kalender"):
        written_date(text)


@pytest.mark.parametrize("text", ["besok", "2026", "6/2026", "9" * 5000])
def test_a_text_that_is_no_date_is_answered_with_an_example(text):
    with pytest.raises(ValueError, match=r"tidak terbaca\. Tulis misalnya 30 Juni 2026"):
        written_date(text)


def test_a_typed_date_comes_out_as_a_date_and_an_empty_one_as_nothing():
    typed = TargetForm({"realised": "3", "due_on": "30 Juni 2026"})
    empty = TargetForm({"realised": "3", "due_on": "  "})

    assert typed.is_valid()
    assert typed.cleaned_data["due_on"] == dt.date(2026, 6, 30)
    assert empty.is_valid()
    assert empty.cleaned_data["due_on"] is None


def test_a_stored_date_is_shown_in_words_and_mistyped_text_stays():
    stored = TargetForm(initial={"due_on": dt.date(2026, 6, 30)})
    mistyped = TargetForm({"realised": "3", "due_on": "31feb"})

    assert 'value="30 Juni 2026"' in str(stored["due_on"])
    assert 'value="31feb"' in str(mistyped["due_on"])


def test_a_date_field_uses_the_reader_it_is_given():
    field = TypedDateField(parser=lambda text: dt.date(2026, 1, len(text)))

    assert field.clean("abc") == dt.date(2026, 1, 3)


def test_an_unchanged_date_counts_as_unchanged():
    shown = {"realised": "3", "due_on": "30 Juni 2026"}

    form = TargetForm(shown, initial={"realised": 3, "due_on": dt.date(2026, 6, 30)})

    assert form.changed_data == []


def test_a_missing_answer_is_named_by_its_label():
    form = TargetForm({"realised": ""})

    assert not form.is_valid()
    assert form.errors["realised"] == ['"Realisasi" belum diisi.']


def test_a_warning_stops_the_form_until_it_is_ticked():
    form = TargetForm({"realised": "14"})

    assert not form.is_valid()
    assert not form.errors
    assert [warning.code for warning in form.pending_warnings] == ["realised-14"]


def test_a_ticked_warning_lets_the_form_pass():
    form = TargetForm(QueryDict("realised=14&abaikan_peringatan=realised-14"))

    assert form.is_valid()
    assert form.cleaned_data["realised"] == 14


def test_a_tick_for_one_value_does_not_pass_another():
    form = TargetForm(QueryDict("realised=99&abaikan_peringatan=realised-14"))

    assert not form.is_valid()


def test_a_tick_does_not_excuse_an_error():
    form = TargetForm(QueryDict("realised=14&due_on=31feb&abaikan_peringatan=realised-14"))

    assert not form.is_valid()
    assert "due_on" in form.errors


def test_the_warning_is_shown_with_its_tick_and_stays_ticked():
    before = rendered(TargetForm({"realised": "14"}))
    after = rendered(TargetForm(QueryDict("realised=14&due_on=31feb&abaikan_peringatan=realised-14")))

    assert "Realisasi 14 melebihi target 12." in before
    assert 'name="abaikan_peringatan" value="realised-14" id="id_abaikan_peringatan_realised-14"' in before
    assert 'aria-describedby="id_abaikan_peringatan_realised-14_sebab">' in before
    assert 'aria-describedby="id_abaikan_peringatan_realised-14_sebab" checked>' in after


def test_the_token_stays_the_same_when_the_form_comes_back():
    token = uuid.uuid4()

    form = LetterForm({"title": "", "token": str(token)})

    assert not form.is_valid()
    assert f'value="{token}"' in rendered(form)


def test_a_fresh_form_carries_a_fresh_token():
    first, second = LetterForm(), LetterForm()

    assert first["token"].value() != second["token"].value()


def test_the_token_of_a_valid_form_is_handed_out():
    token = uuid.uuid4()
    form = LetterForm({"title": "Undangan", "token": str(token)})
    without = LetterForm({"title": "Undangan"})

    assert form.is_valid()
    assert form.once == token
    assert without.is_valid()
    assert without.once is None


def test_a_broken_token_is_explained_in_the_summary():
    html = rendered(LetterForm({"title": "Undangan", "token": "rusak"}))

    assert "Muat ulang, lalu isi kembali." in html


def test_the_summary_links_to_the_field_with_the_same_words():
    html = rendered(LetterForm({"title": ""}))

    assert "Ada isian yang perlu diperbaiki" in html
    assert '<a href="#id_title">&quot;Perihal&quot; belum diisi.</a>' in html
    assert '<p class="error">&quot;Perihal&quot; belum diisi.</p>' in html


def test_hint_and_error_are_tied_to_the_input():
    html = rendered(LetterForm({"title": ""}))

    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_valid_or_fresh_form_shows_no_summary():
    assert "perlu diperbaiki" not in rendered(LetterForm())
    assert "perlu diperbaiki" not in rendered(LetterForm({"title": "Undangan"}))


def test_only_optional_fields_are_marked():
    html = rendered(LetterForm())

    assert html.count("(boleh kosong)") == 1
    assert "Catatan <span" in html


def test_hostile_input_is_shown_as_text():
    html = rendered(LetterForm({"title": '"><script>alert(1)</script>', "token": "x"}))

    assert "<script>" not in html


def test_choices_begin_with_an_empty_line_only_when_it_has_a_meaning():
    assert choices_of([("a", "A")]) == [("a", "A")]
    assert choices_of([("a", "A")], "Belum ada") == [("", "Belum ada"), ("a", "A")]


def test_the_browser_does_not_answer_in_place_of_the_server():
    html = rendered(LetterForm())

    assert " required" not in html
    assert html.count('aria-required="true"') == 1


class NamesForm(Form):
    name = forms.CharField(max_length=20)
    words = forms.CharField(required=False, widget=forms.Textarea)
    secret = forms.CharField(required=False, widget=forms.PasswordInput)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x1b", "\x7f", "\U000e0041"])
def test_what_is_stored_is_what_is_seen(mark):
    form = NamesForm({"name": f"Kepala{mark} Suku Dinas", "words": f"a{mark}b\r\n\tc", "secret": f"a{mark}b"})

    assert form.is_valid()
    assert form.cleaned_data["name"] == form["name"].value() == "Kepala Suku Dinas"
    assert form.cleaned_data["words"] == "ab\r\n\tc"
    assert form.cleaned_data["secret"] == f"a{mark}b"  # a password is what was typed


def test_line_ends_of_word_stay_line_ends():
    assert seen("satu\x0bdua\x0ctiga") == "satu\ndua\ntiga"


@pytest.mark.parametrize("nothing", ["\u200b", "\u202e \u2066", "\ufeff"])
def test_signs_nobody_sees_fill_no_field(nothing):
    assert NamesForm({"name": nothing}).errors["name"]


@pytest.mark.parametrize("kept", ["Ñandú é 中文 عربي", "2½ – “kutip” 😀", "a\tb"])
def test_letters_of_every_writing_stay(kept):
    assert seen(kept) == kept
