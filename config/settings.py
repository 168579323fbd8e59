"""All settings, one file, driven by the environment; nonsense fails loudly at start.

Two modes (``SIMPUL_MODE``): *contoh* keeps its secrets under ``var/`` and needs nothing else;
*produksi* refuses to start without its own secret, address and allowed hosts.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _stored_secret(path: Path) -> str:
    """Read the secret kept at ``path`` (mode 0600), making it on the first start."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        secret = secrets.token_urlsafe(48)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret)
        return secret


# --- mode, place, address -----------------------------------------------------------------
MODE = env.str("SIMPUL_MODE", default="contoh")
if MODE not in {"contoh", "produksi"}:
    raise ImproperlyConfigured(f"SIMPUL_MODE must be contoh or produksi, not {MODE!r}")
IS_PRODUCTION = MODE == "produksi"
SIMPUL_HOME = Path(env.str("SIMPUL_HOME", default=str(BASE_DIR / "var"))).resolve()
PRODUCT_NAME = "Simpul"

DEBUG = env.bool("DEBUG", default=False) and not IS_PRODUCTION
if IS_PRODUCTION:
    SECRET_KEY = env.str("SECRET_KEY")
    if len(SECRET_KEY) < 40:
        raise ImproperlyConfigured("SECRET_KEY must have at least 40 characters in produksi")
    SITE_URL = env.str("SITE_URL").rstrip("/")
    if urlsplit(SITE_URL).scheme != "https":
        raise ImproperlyConfigured(f"SITE_URL must begin with https:// in produksi, not {SITE_URL!r}")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or [urlsplit(SITE_URL).hostname]
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts, never *")
else:
    SECRET_KEY = env.str("SECRET_KEY", default="") or _stored_secret(SIMPUL_HOME / "secret-key")
    SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
    own_hosts = ["127.0.0.1", "localhost", "[::1]", urlsplit(SITE_URL).hostname or "localhost"]
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=own_hosts)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- apps ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "reports",
    "commitments",
    "meetings",
    "agencies",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.KnownMethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.NothingKeptMiddleware",
    "config.middleware.SessionLimitMiddleware",
    "agencies.turned_away.TurnedAwayMiddleware",
    "config.htmx.HtmxSignInMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agencies.access.AccessMiddleware",
]
ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]
FORM_RENDERER = "config.drawing.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("bootstrap5",)
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- database, cache, broker --------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{SIMPUL_HOME / 'simpul.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # DEFERRED transactions fail at once under two writers; IMMEDIATE ones wait their turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Compiling a question takes PostgreSQL seconds where answering it takes milliseconds.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# Kept for a minute: opening SQLite reads its whole schema, which takes longer than a plain page.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or "filesystem://localhost"
REDIS_PREFIX = env.str("REDIS_PREFIX", default="")  # for a server shared with others
CACHE_URL = env.str("CACHE_URL", default=CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else "")
DATABASE_CACHE = {"BACKEND": "config.cache.CountingDatabaseCache", "LOCATION": "simpul_cache"}
CACHES: dict[str, dict[str, Any]] = {"default": DATABASE_CACHE}
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "config.cache.RedisElseDatabaseCache",
            "LOCATION": CACHE_URL,
            "KEY_PREFIX": f"{REDIS_PREFIX}simpul",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": None},
        },
        "database": DATABASE_CACHE,
    }

# --- people -------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "agencies.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds; older sign-ins type the password again before grave acts
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # else the host of the request stands in every subject
SECOND_FACTOR_ROLES = ["ADMIN"] if IS_PRODUCTION else []  # the switch of the profile Satu kantor
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PRODUCT_NAME

SESSION_COOKIE_AGE = 8 * 60 * 60  # idle; the absolute limit stands in SessionLimitMiddleware
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "agencies.turned_away.csrf_failure"

# --- language, time -----------------------------------------------------------------------
LANGUAGE_CODE = "id"  # Indonesian is the source language; English is the one catalogue
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Bahasa Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"

# --- files --------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = SIMPUL_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = SIMPUL_HOME / "files"  # private: never served by path, only by policy
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.bundling.BundledStaticFilesStorage"},
}
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "config.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- mail ---------------------------------------------------------------------------------
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "config.mail.EmlFileBackend"
EMAIL_FILE_PATH = SIMPUL_HOME / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Simpul <simpul@simpul.example>")
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")

# --- tasks --------------------------------------------------------------------------------
IS_FILE_BROKER = CELERY_BROKER_URL.startswith("filesystem")
if IS_FILE_BROKER:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(SIMPUL_HOME / "queue"),
        "data_folder_out": str(SIMPUL_HOME / "queue"),
        "control_folder": str(SIMPUL_HOME / "queue" / "control"),
        "polling_interval": 0.2,
    }
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # its broadcast files would pile up in the folder
else:
    # A store that is down must cost a saving person less than a second.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "socket_connect_timeout": 0.5,
        "max_retries": 0,
        "global_keyprefix": REDIS_PREFIX,
    }
CELERY_BROKER_CONNECTION_TIMEOUT = 0.5
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
SWEEPS = {  # seconds
    "commitments.sweep_reminders": 15 * 60,
    "commitments.deliver_reminders": 60,
    "commitments.sweep_series": 6 * 60 * 60,
    "commitments.settle_tallies": 15 * 60,
    "agencies.deliver_mail": 60,
    "agencies.sweep_drafts": 24 * 60 * 60,
    "meetings.sweep_papers": 24 * 60 * 60,
    "reports.find_errata": 24 * 60 * 60,
    "reports.sweep_jobs": 30,
    "reports.drop_exports": 6 * 60 * 60,
    "reports.send_reports": 5 * 60,
}
CELERY_BEAT_SCHEDULE = {
    # Sweeps missed while no worker ran are one sweep, not many: a message waits no longer than its interval.
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in SWEEPS.items()
}
CELERY_BEAT_SCHEDULE_FILENAME = str(SIMPUL_HOME / "beat-schedule")

# --- protection ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if IS_PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesi", "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Throttling must see the person, not the proxy; what the person writes into the header does not count.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
