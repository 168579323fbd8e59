"""Background work: the Celery app, and the only way to wake a task from an action."""

import logging
import os

from celery import Celery
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("simpul")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)


def wake(task: str, *args: int | str) -> None:
    """Publish the task of this name once the surrounding transaction is committed; arguments are ids only.

    By name, because tasks call actions: an action that imported its task would close a circle.
    The rows are the truth and the beat sweeps them, so a broker that is down costs minutes, not messages:
    its failure is logged and never reaches the person who saved.
    """
    transaction.on_commit(lambda: _publish(task, args))


def _publish(task: str, args: tuple[int | str, ...]) -> None:
    if app.conf.task_always_eager:
        app.loader.import_default_modules()
        app.tasks[task].apply(args=args, throw=True)
        return
    try:
        app.send_task(task, args=args, retry=False)
    except Exception as failure:
        logger.error("Task %s was not published (%s); the next sweep picks it up.", task, failure)
