"""The table of contents: Indonesian paths, English names."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("commitments.urls")),
    path("", include("meetings.urls")),
    path("", include("agencies.urls")),
    path("", include("config.account_urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
