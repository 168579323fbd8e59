"""Doors of the commitments app."""

from django.urls import URLPattern, path

from commitments.views.log import log

app_name = "commitments"
urlpatterns: list[URLPattern] = [
    path("pertemuan/catat/", log, name="log"),
]
