"""Start-up checks: what must be right before the first request."""

import ctypes.util
from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

EXAMPLE_DOMAIN = "@simpul.example"
PANGO_COMMAND = "apt-get update && apt-get install -y libpangoft2-1.0-0"


@register()
def pango_is_present(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn when the library that draws the text of the PDFs is missing."""
    if ctypes.util.find_library("pangoft2-1.0"):
        return []
    return [
        Warning("Pustaka Pango tidak ditemukan: laporan PDF belum dapat dibuat.", hint=PANGO_COMMAND, id="config.W001")
    ]


@register(Tags.database)
def production_has_no_example_account(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse production mode on a database that holds accounts of the example: their password is known."""
    if not settings.IS_PRODUCTION or not databases or not _has_example_account():
        return []
    return [
        Error(
            f"Basis data ini memuat akun contoh ({EXAMPLE_DOMAIN}).",
            hint="Pakai basis data kosong untuk mode produksi.",
            id="config.E002",
        )
    ]


def _has_example_account() -> bool:
    user = get_user_model()
    try:
        if user._meta.db_table not in connections["default"].introspection.table_names():
            return False
        return user._default_manager.filter(email__iendswith=EXAMPLE_DOMAIN).exists()
    except DatabaseError:
        # Before the first migration there is nothing to find.
        return False
