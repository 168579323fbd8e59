"""Background work: the Celery app, and the only way to wake a task from an action."""

import logging
import os
from typing import Any

from celery import Celery, Task
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("simpul")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)


def wake(task: Task[Any, Any], *args: int | str) -> None:
    """Publish ``task`` once the surrounding transaction is committed; arguments are ids only.

    The rows are the truth and the beat sweeps them, so a broker that is down costs minutes, not messages:
    its failure is logged and never reaches the person who saved.
    """
    transaction.on_commit(lambda: _publish(task, args))


def _publish(task: Task[Any, Any], args: tuple[int | str, ...]) -> None:
    try:
        task.apply_async(args=args, retry=False)
    except Exception as failure:
        if app.conf.task_always_eager:
            raise
        logger.error("Task %s was not published (%s); the next sweep picks it up.", task.name, failure)
