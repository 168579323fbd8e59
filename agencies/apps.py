"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registers the start-up checks of doors and triggers."""

    name = "agencies"

    def ready(self) -> None:
        """Let the checks be known."""
        from agencies import access, triggers  # noqa: F401  registers the checks
