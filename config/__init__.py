"""Project wiring: settings, start-up, mail, uploads, sessions. Imports no other app."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
