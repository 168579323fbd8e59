"""The commitments app."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Registers the app."""

    name = "commitments"
