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
        if settings.IS_FILE_BROKER:
            Path(settings.SIMPUL_HOME, "queue", "control").mkdir(mode=0o700, parents=True, exist_ok=True)
