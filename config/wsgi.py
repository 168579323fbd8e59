"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Django loads the views with the first request, that is once in each worker; loaded here they are there before the
# workers are forked, which then share their memory, and nobody waits for them.
_views = get_resolver().url_patterns
