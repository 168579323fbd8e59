"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registers the app."""

    name = "agencies"
