"""The table of contents: Indonesian paths, English names."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config.views import gallery

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("commitments.urls")),
    path("", include("meetings.urls")),
    path("", include("agencies.urls")),
    path("", include("config.account_urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("_ui/", gallery, name="gallery"))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
