"""The Celery app of the scheduler alone: ``celery -A config.scheduler beat``.

The scheduler publishes names of tasks at their times. With the app of the workers it would load every model, view
and task for that, some 80 MiB that do nothing.
"""

import os
from typing import Any

from celery import Celery
from celery.loaders.app import AppLoader

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class NoTasks(AppLoader):
    """Loads the settings and none of the modules with tasks."""

    def import_default_modules(self) -> list[Any]:
        """Nothing: who schedules a task only has to know its name."""
        return []


app = Celery("simpul", loader=NoTasks, fixups=[])
app.config_from_object("django.conf:settings", namespace="CELERY")
