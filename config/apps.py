"""The wiring as an installed app: folders and start-up checks."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class WiringConfig(AppConfig):
    """Registers the start-up checks and makes the folders that must exist before the first publish."""

    name = "config"

    def ready(self) -> None:
        """Make the home (private to its owner) and, with the filesystem broker, its queue folders."""
        from config import checks  # noqa: F401  registers the checks

        Path(settings.SIMPUL_HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
        control_folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("control_folder")
        if control_folder:
            Path(control_folder).mkdir(mode=0o700, parents=True, exist_ok=True)
