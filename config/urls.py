"""The table of contents: Indonesian paths, English names."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.views import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("commitments.urls")),
    path("", include("meetings.urls")),
    path("", include("agencies.urls")),
    path("", include("config.account_urls")),
    path("bahasa/", login_not_required(set_language), name="set_language"),
]
if settings.DEBUG:
    urlpatterns.append(path("_ui/", gallery, name="gallery"))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
