"""All settings, read from the environment. Every variable is listed in docs/settings.md.

With nothing set the service is self-contained: SQLite and a secret of its own under ``var/``, tasks run in process.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

import django
import environ

from config.secret import local_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
SITE_NAME = env.str("SITE_NAME", default="Enfranchise")
SITE_CONTACT = env.str("SITE_CONTACT", default="")
# Where "Report a mistake" leads: an e-mail address or an https address.
REPORT_MISTAKES_TO = env.str("REPORT_MISTAKES_TO", default="") or SITE_CONTACT

# The operators' pages: where they stand, and on which host alone. Without a path there are none.
ADMIN_PATH = env.str("ADMIN_PATH", default="").strip("/")
ADMIN_HOST = env.str("ADMIN_HOST", default="").lower()

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "registration.apps.RegistrationConfig",
    "api.apps.ApiConfig",
]
MIDDLEWARE = [
    # Outermost, so that files and refusals have their headers, too.
    "config.middleware.SecurityHeaders",
    "config.health.Health",
    "config.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Compress",
    "config.middleware.ReadOnce",
    "config.dashboard.AdminHost",
    "config.embedding.Embedding",
    "config.middleware.Language",
    "config.admission.Admission",
    "django.middleware.common.CommonMiddleware",
    # Sessions, tokens and people exist under /partners/ and ADMIN_PATH only: no other page reads or sets a cookie.
    "config.dashboard.Session",
    "config.dashboard.Csrf",
    "config.dashboard.User",
    "config.dashboard.Messages",
    "allauth.account.middleware.AccountMiddleware",
    "config.dashboard.SessionEnds",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Of other packages those of the operators' pages alone: no page of a library shows by itself.
        "DIRS": [BASE_DIR / "templates", Path(django.__file__).parent / "contrib" / "admin" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "libraries": {"dates": "registration.views.partners.dates"},
            "context_processors": [
                "django.template.context_processors.request",
                "config.context.site",
                "registration.views.partners.page.around",
                "config.context.layout",
            ],
        },
    }
]

# Of the operators' pages: what they need of a template's context comes from partners.page.around.
SILENCED_SYSTEM_CHECKS = ["admin.E402", "admin.E404"]

_embedded: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "enfranchise.sqlite3"}
_database: dict[str, Any] = env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else _embedded
DATABASES = {"default": _database}
if _database["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: without them concurrent writers fail with "database is locked".
    # FULL: acknowledged means on disk.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    # A file, as in service: one in memory locks otherwise. Its own for each process, so that test runs may overlap.
    _database["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
else:
    _database["CONN_MAX_AGE"] = 0
    # What the server closed since, as when it was started again, is noticed before a request relies on it.
    _database["CONN_HEALTH_CHECKS"] = True
    # How long a request waits for a connection. Most pages stand without the database, so that nobody should wait long.
    _wait = env.int("DATABASE_WAIT_SECONDS", default=2)
    _pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=10), "timeout": _wait}
    # One that cannot be made is tried again by the next request, not after pauses that double up to minutes.
    _pool["reconnect_timeout"] = 1
    # A machine that went away without a word is noticed within seconds, and not when the kernel gives up.
    _silent = {"tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 2}
    # A machine that is lost in the middle of a transaction keeps its rows locked no longer, and nobody waits for them.
    _bounds = {"options": "-c idle_in_transaction_session_timeout=30s -c lock_timeout=10s"}
    _options = {"connect_timeout": _wait, **_silent, **_bounds, **_database.get("OPTIONS", {}), "pool": _pool}
    _database["OPTIONS"] = _options
# Seconds in which a server process takes switches, corrections and partners as it read them last.
READ_AGAIN_AFTER = env.float("READ_AGAIN_AFTER", default=0.5)
# How many requests a server process answers at the same time, and how many wait for their turn: see config.admission.
SERVED_AT_ONCE = env.int("SERVED_AT_ONCE", default=2 * (os.cpu_count() or 1))
SERVED_SOON = env.int("SERVED_SOON", default=40)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
# Longer than any sending takes; a task that hangs is ended, and its row is somebody else's when its lease is over.
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 110, 100
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True} if CELERY_BROKER_URL.startswith(("amqp", "pyamqp")) else {}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "registration" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticFiles"},
}

# Days that the sealed answers wait for their owner. A shorter time is a setting; a longer one is refused (checks.py).
SEALED_ANSWERS_DAYS = env.int("SEALED_ANSWERS_DAYS", default=30)
# Other rows that are to go sooner than they must, as "kind=days" (domain/retention/lengths.py).
KEEP_DAYS = env.list("KEEP_DAYS", default=[])
# Where the ids of what was deleted on request are written, so that a restored backup forgets them again.
TOMBSTONES = Path(env.str("TOMBSTONES", default="") or VAR_DIR / "tombstones.jsonl")
# How often one address may ask to have everything deleted: how often/seconds.
DELETE_RATE = env.str("DELETE_RATE", default="30/600")
# Whether nothing of any applicant is stored: the page after the form then carries the sealed answers itself.
KEEP_NOTHING = env.bool("KEEP_NOTHING", default=False)

# What encrypts contacts and webhook secrets in the database: "id:key" pairs, the first one for writing, the others for
# reading what they wrote. A key is any text of 32 characters or more.
FIELD_KEYS = env.list("FIELD_KEYS", default=[]) or [f"local:{local_secret(VAR_DIR / 'field_key')}"]

# What wraps the answers' key while an e-mail or a print shop waits for it; erased when that is done.
DELIVERY_KEYS = env.list("DELIVERY_KEYS", default=[]) or [f"local:{local_secret(VAR_DIR / 'delivery_key')}"]
# The audit's head is signed with a key made from this text of 32 characters or more, and published in a file and by
# e-mail to those who keep it (docs/audit.md).
AUDIT_KEY = env.str("AUDIT_KEY", default="") or local_secret(VAR_DIR / "audit_key")
AUDIT_HEADS = Path(env.str("AUDIT_HEADS", default="") or VAR_DIR / "audit_heads.jsonl")
AUDIT_HEADS_TO = env.list("AUDIT_HEADS_TO", default=[])

# Whether people may ask for text messages, and for their form on paper from the operator's print shop.
OFFER_SMS = env.bool("OFFER_SMS", default=False)
PRINT_SHOP = env.bool("PRINT_SHOP", default=False)

# How many messages one e-mail address or telephone number gets, whoever asks for them: how often/seconds. Nobody proves
# that an address is theirs.
RECIPIENT_RATE = env.str("RECIPIENT_RATE", default="20/86400")

# For development: webhooks may go to this machine, over http and to any port. Refused with a public host (checks.py).
WEBHOOK_ALLOW_LOOPBACK = env.bool("WEBHOOK_ALLOW_LOOPBACK", default=False)
# Whether each server process does itself what waits, where there is no broker (config/relay.py).
RELAY = env.bool("RELAY", default=True)
# Whether a relay does itself what it cannot hand to the broker.
RELAY_DIRECT = env.bool("RELAY_DIRECT", default=True)
# For drills alone: where a process dies or waits (domain/failpoints.py).
FAILPOINTS = env.list("FAILPOINTS", default=[])

# A file of elections beside those that come with the rules, such as a city's own.
LOCAL_ELECTIONS = env.str("LOCAL_ELECTIONS", default="")

# The API. Rates are "how often/seconds"; the counts are in Redis where CACHE_URL names one, else in the database.
API_RATES = {
    "address": env.str("API_RATE_ADDRESS", default="240/60"),
    "bad_key": env.str("API_RATE_BAD_KEY", default="20/60"),
    "key": env.str("API_RATE_KEY", default="1200/60"),
    "write": env.str("API_RATE_WRITE", default="600/60"),
    "bulk": env.str("API_RATE_BULK", default="60/60"),
}
# The form. Whoever sends more than this, or faster than a person could, is asked for some work or to wait; nobody is
# refused. "misses" are codes that open no form (docs/bots.md).
FORM_RATES = {
    "address": env.str("FORM_RATE_ADDRESS", default="60/600"),
    "network": env.str("FORM_RATE_NETWORK", default="300/600"),
    "misses": env.str("FORM_RATE_MISSES", default="100/600"),
}
FORM_FASTEST_SECONDS = env.int("FORM_FASTEST_SECONDS", default=4)
FORM_WAIT_SECONDS = env.int("FORM_WAIT_SECONDS", default=30)
FORM_WORK_BITS = env.int("FORM_WORK_BITS", default=17)
CACHE_URL = env.str("CACHE_URL", default="")
# What the server processes share: how often an address tried to sign in. The database serves where nothing else is set.
_cache: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "shared_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
_shared = env.cache_url("CACHE_URL") if CACHE_URL else _cache
CACHES = {"default": {**_shared, "KEY_FUNCTION": "config.cache_keys.digest"}}
# How many proxies of our own stand before the server; the outermost one's X-Forwarded-For entry is the guest's address.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
REST_FRAMEWORK = {
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "api.errors.handler",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "api.openapi.Described",
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": SITE_NAME,
    "VERSION": "1.0.0",
    "DESCRIPTION": "Voter registration in the United States: what each state asks, and its form filled in. "
    "Only an election official registers anyone.",
    "POSTPROCESSING_HOOKS": ["api.openapi.with_headers"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "DISABLE_ERRORS_AND_WARNINGS": True,
}

BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
# Where people find this site: for links in e-mails that an operator's command sends.
_own = f"https://{ALLOWED_HOSTS[0]}" if BEHIND_TLS else f"http://localhost:{env.str('PORT', default='8000')}"
SITE_URL = (env.str("SITE_URL", default="") or _own).rstrip("/")
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # with the browser's own session
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    "require-trusted-types-for": ["'script'"],
}
# Several times the longest honest form; a larger body is refused before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS: list[str] = []  # no page takes a file, and a temporary one would hold what a person wrote

# The dashboard's people. Whoever signs in proves an e-mail address, a password and a second factor.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "partners:home"
LOGOUT_REDIRECT_URL = "account_login"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "registration.views.errors.forgery"
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS = 12 * 3600
SESSION_IDLE_SECONDS = 30 * 60
STEP_UP_SECONDS = ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_ADAPTER = "registration.views.partners.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_TLS else "http"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
# "key" is the e-mail address: what anybody can have sent to one.
ACCOUNT_RATE_LIMITS = {
    "signup": "10/h/ip,5/d/key",
    "reset_password": "20/m/ip,5/d/key",
    "confirm_email": "1/3m/key,5/d/key",
    "invitation": "30/m/ip",
    "invite": "30/h/user",
}
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
MFA_ADAPTER = "registration.views.partners.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_TOTP_TOLERANCE = 1
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# E-mail to the dashboard's people and to applicants. Files in VAR_DIR/mail until a server is set.
MAIL_FOLDER = VAR_DIR / "mail"
_mail: dict[str, Any] = {"EMAIL_BACKEND": "config.mail_files.EmailBackend"}
vars().update(env.email_url("EMAIL_URL") if env.str("EMAIL_URL", default="") else _mail)
EMAIL_TIMEOUT = 10
# What sends text messages: console: (files), or twilio://sid:token@/?from=+14045550123. Files on one's own machine.
SMS_URL = env.str("SMS_URL", default="")
SMS_FOLDER = VAR_DIR / "sms"
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="") or SITE_CONTACT or "enfranchise@localhost"

# Who asks for /metrics shows this; without it only programs on this machine may, and none through a proxy.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# The operator's address for what goes wrong (domain/alerts.py); without it, it is only logged.
ALERTS_TO = env.str("ALERTS_TO", default="")
# What is running, for /metrics and the manifest of a backup.
RELEASE = (
    env.str("RELEASE", default="") or tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
)
# Whether each answer is a line in the log: its route, status and time; no address.
REQUEST_LOG = env.bool("REQUEST_LOG", default=True)
# The public half of a key that is kept elsewhere: backups are encrypted to it (domain/sealed_files.py).
BACKUP_KEY_PUBLIC = env.str("BACKUP_KEY_PUBLIC", default="")
# Keys of Django that go on working for a while after SECRET_KEY was changed.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Every wrong answer and unknown address would log a line that tells nobody anything.
        "django.request": {"level": "ERROR"},
        # Formats before it logs, so that the Host header would stand in the event.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
