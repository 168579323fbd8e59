"""Settings of the tests: the real ones, on a home of their own, with fast hashing and no second process."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# What a developer exported for a running copy must never reach the tests.
for name in ("SIMPUL_MODE", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "SECRET_KEY", "DEBUG", "BEHIND_PROXY"):
    os.environ.pop(name, None)
if "SIMPUL_TEST_HOME" not in os.environ:
    # Workers of a parallel run inherit the variable and share the home; each has its own database file in it.
    os.environ["SIMPUL_TEST_HOME"] = tempfile.mkdtemp(prefix="simpul-uji-")
    atexit.register(shutil.rmtree, os.environ["SIMPUL_TEST_HOME"], ignore_errors=True)
os.environ["SIMPUL_HOME"] = os.environ["SIMPUL_TEST_HOME"]
os.environ["DEMO_PASSWORD"] = "sandi-uji-yang-panjang"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, SIMPUL_HOME, STORAGES  # noqa: E402

# Workers share the home and not the files: what one clears or counts is its own.
MEDIA_ROOT = SIMPUL_HOME / os.environ.get("PYTEST_XDIST_WORKER", "") / "files"
Path(SIMPUL_HOME, "static").mkdir(exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In-memory SQLite fails under threads ("table is locked"): a file, as in use.
    DATABASES["default"]["TEST"] = {"NAME": str(SIMPUL_HOME / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# In the test's own transaction, so that no test hears of another; Redis as a cache has its tests in test_cache.py.
CACHES = {"default": {"BACKEND": "config.cache.CountingDatabaseCache", "LOCATION": "simpul_cache"}}
