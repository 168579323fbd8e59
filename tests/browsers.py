"""Browsers that are signed in as somebody, the way the sign-in page leaves them."""

import time

from django.test import Client

from agencies.models import User


def browser_of(user: User, *, ago: float = 0, **kwargs: object) -> Client:
    """A browser signed in with a password ``ago`` seconds ago."""
    client = Client(**kwargs)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago, "email": user.email}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
