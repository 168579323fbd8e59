"""Pages of the project itself: refusals, breakdowns, and the component page."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from config.forms import OneTimeForm, TypedDateField
from config.paging import paginate
from config.templatetags.ui import STATUSES


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400; too large a form is told apart. No context: the request may be broken."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the reason that the rule gave."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs neither database nor session."""
    return HttpResponse(get_template("500.html").render(), status=500)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 without saying whether the thing exists."""
    return render(request, "404.html", status=404)


class SampleForm(OneTimeForm):
    """The form of the component page."""

    title = forms.CharField(label=_("Rumusan komitmen"), help_text=_("Satu kalimat, seperti diucapkan."))
    note = forms.CharField(label=_("Catatan"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    due_on = TypedDateField(label=_("Tenggat"), required=False)
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("a", _("Rencana")), ("b", _("Kesanggupan"))])
    basis = forms.ChoiceField(
        label=_("Dasar tenggat"),
        choices=[("usulan", _("Usulan")), ("disepakati", _("Disepakati dalam rapat"))],
        widget=forms.RadioSelect,
    )
    present = forms.MultipleChoiceField(
        label=_("Instansi hadir"),
        choices=[(letter, f"Sudin Contoh {letter}") for letter in "ABCDE"],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label=_("Bukti dukung"), required=False, help_text=_("JPG, PNG, HEIC, atau PDF."))
    agree = forms.BooleanField(label=_("Disepakati dalam rapat"), required=False)

    def clean(self) -> None:
        """Doubt a short wording, to show a warning."""
        if len(self.cleaned_data.get("title", "")) < 10:
            self.add_warning("title", "title-short", _("Rumusan sangat pendek. Simpan jika memang benar."))


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component on one page; for people who build pages, never in production."""
    if not settings.DEBUG:
        raise Http404
    wrong = SampleForm({"title": "Pendek", "due_on": "31 Februari 2026", "present": ["A", "C"]})
    context = {
        "sample": SampleForm(initial={"present": ["A", "B"]}),
        "wrong": wrong,
        "statuses": list(STATUSES),
        "changes": [(_("Tenggat"), "30 Juni 2026", "31 Juli 2026")],
        "page": paginate(request, range(1, 400), size=20),
    }
    return render(request, "_ui/gallery.html", context)


cast(Any, gallery).needs = "public"  # read by the start-up check of doors
