"""Browsers that are signed in as somebody, the way the sign-in page leaves them."""

import time

from django.test import Client

from agencies.models import User
from config.middleware import SIGNED_IN_AT


def browser_of(user: User, *, ago: float = 0, **kwargs: object) -> Client:
    """A browser signed in ``ago`` seconds ago."""
    client = Client(**kwargs)
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = time.time() - ago
    session.save()
    return client
