"""The page behind an invitation link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies import invitations
from agencies.access import public
from agencies.actions import set_first_password
from agencies.forms.firstrun import PasswordForm
from agencies.views.posted import typed


@public
@never_cache
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password, once."""
    invitation = invitations.read(token)
    if invitation.user is None:
        return render(request, "agencies/link_over.html", {"trouble": invitation.trouble}, status=410)
    form = PasswordForm(typed(request), person=invitation.user)
    if not form.is_valid():
        context = {"form": form, "person": invitation.user}
        return render(request, "agencies/set_password.html", context, status=422 if form.is_bound else 200)
    set_first_password(invitation.user, form.cleaned_data["password1"], at=timezone.now())
    messages.success(request, _("Kata sandi tersimpan. Masuk dengan surel dan kata sandi Anda."))
    return redirect("account_login")
