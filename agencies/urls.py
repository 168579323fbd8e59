"""Doors of the agencies app."""

from django.urls import URLPattern, path

from agencies.views import firstrun, invitation

app_name = "agencies"
urlpatterns: list[URLPattern] = [
    path("mulai/<str:token>/", firstrun.first_run, name="first_run"),
    path("undangan/<str:token>/", invitation.set_password, name="set_password"),
]
