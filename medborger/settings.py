"""The settings: one module for every environment, driven by the variables of `env.py`.

DEBUG is off everywhere; what differs between the embedded mode, tests and production is only what the environment says.
"""

import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from medborger import env
from medborger.common.logs import mask_paths

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = False
DEMO = env.flag("MEDBORGER_DEMO")
EMBEDDED = env.flag("MEDBORGER_EMBEDDED")
HTTPS = env.flag("HTTPS")

SECRET_KEY = env.text("SECRET_KEY") or env.secret("SECRET_KEY_FILE")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Example: SECRET_KEY_FILE=/run/secrets/secret_key")
SECRET_KEY_FALLBACKS = env.secret("SECRET_KEY_FALLBACKS_FILE").split()
HEALTH_TOKEN = env.secret("HEALTH_TOKEN_FILE")

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")
PROXY_COUNT = env.number("PROXY_COUNT")

INSTALLED_APPS = [
    "medborger",
    "medborger.common",
    "centers",
    "actors",
    "actors.meetings",
    "actors.council",
    "bookings",
    "collaboration",
    "collaboration.forum",
    "collaboration.clashes",
    "collaboration.digests",
    "medborger.demo",
    "actors.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_structlog",
]
AUTH_USER_MODEL = "actors.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random against BREACH, and CSRF tokens are masked anew each time
    "medborger.common.middleware.ClientAddressMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "medborger.common.middleware.MeasureMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "actors.middleware.LanguageMiddleware",
    "actors.middleware.SeenMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "actors.middleware.AccessMiddleware",
    "centers.middleware.CenterMiddleware",
    "actors.middleware.RequireMfaMiddleware",
    "medborger.common.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "medborger.urls"
WSGI_APPLICATION = "medborger.wsgi.application"
X_FRAME_OPTIONS = "DENY"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "medborger.navigation.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "medborger.common.templatetags.medborger",
            ],
        },
    }
]
FORM_RENDERER = "medborger.common.rendering.ComponentRenderer"

# --- data -----------------------------------------------------------------------------------------------------------
_pool = env.number("DATABASE_POOL_SIZE")
_database = env.parsed("DATABASE_URL", dj_database_url.parse)
_kept_in = "DATABASE_PASSWORD_FILE"
_timeouts = "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000"
# On SSDs a page in the index's order costs no more than the next one; without this a week reads the whole table of bookings.
_planning = "-c random_page_cost=1.1 -c jit=off"
DATABASE_APP_ROLE = _database["USER"]
if sys.argv[1:2] == ["migrate"] and env.text("MIGRATE_DATABASE_URL"):
    _database = env.parsed("MIGRATE_DATABASE_URL", dj_database_url.parse)
    _kept_in = "MIGRATE_DATABASE_PASSWORD_FILE"
    _timeouts = "-c lock_timeout=3000"  # building an index takes as long as it takes
DATABASES = {
    "default": {
        **_database,
        "PASSWORD": _database["PASSWORD"] or env.secret(_kept_in),
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a form's choices are few: a cursor is three round trips for each list
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "options": f"{_timeouts} {_planning}",
            **({"pool": {"min_size": 1, "max_size": _pool, "timeout": 10}} if _pool else {}),
        },
    }
}
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "medborger.common.cache.Cache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "medborger",
        "OPTIONS": {"serializer": "medborger.common.cache.JSONSerializer", "socket_timeout": 2},
    }
}
SESSION_ENGINE = "medborger.common.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

# --- language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
CLOCK = env.instant("MEDBORGER_CLOCK")
if CLOCK and (HTTPS or not DEMO):
    raise ImproperlyConfigured(
        "MEDBORGER_CLOCK is set: only a demo without HTTPS goes by another time than the machine's."
    )
FORMAT_MODULE_PATH = ["medborger.formats"]
USE_THOUSAND_SEPARATOR = False

# --- log-in ---------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "houses"
ACCOUNT_ADAPTER = "actors.login.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]  # nobody signs up: it names what a log-in is
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_FORMS = {
    "login": "actors.login.account_forms.LoginForm",
    "request_login_code": "actors.login.account_forms.RequestCodeForm",
    "confirm_login_code": "actors.login.account_forms.ConfirmCodeForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key",
    "request_login_code": "120/m/ip,3/m/key,15/h/key",
    "code_by_sms": "10/d/key",  # each costs the house money, and somebody else may get a share of it
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "actors.login.second_factor_forms.AuthenticateForm",
    "reauthenticate": "actors.login.second_factor_forms.ReauthenticateForm",
    "activate_totp": "actors.login.second_factor_forms.ActivateForm",
    "add_webauthn": "actors.login.second_factor_forms.AddKeyForm",
    "edit_webauthn": "actors.login.second_factor_forms.EditKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Medborger"

# --- cookies, headers -----------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "medborger_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "medborger_csrf"
CSRF_FAILURE_VIEW = "medborger.common.error_views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXY_COUNT else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- static files and photos ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
STATIC_ROOT = BASE_DIR / env.text("STATIC_ROOT")
MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT")
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

# --- mail and SMS ---------------------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text("EMAIL_BACKEND")
_smtp = env.parsed("EMAIL_URL", urlsplit)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or 25
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "") or env.secret("EMAIL_PASSWORD_FILE")
EMAIL_USE_TLS = parse_qs(_smtp.query).get("tls") == ["1"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM")
SMS_URL = env.text("SMS_URL")
SMS_TOKEN = env.secret("SMS_TOKEN_FILE")
SMS_SENDER = env.text("SMS_SENDER")

# --- Celery ---------------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = (env.text("BROKER_URL") or REDIS_URL).replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Copenhagen"
CELERY_BEAT_SCHEDULE = {
    "send-waiting-messages": {"task": "medborger.common.tasks.send_waiting", "schedule": 15.0},
    "release-expired-holds": {"task": "bookings.tasks.release_expired", "schedule": 60.0},
    "begin-planned-closures": {"task": "bookings.tasks.begin_planned_closures", "schedule": 300.0},
    "close-due-ballots": {"task": "actors.council.tasks.close_due", "schedule": 30.0},
    "remind-of-ballots": {"task": "actors.council.tasks.remind_due", "schedule": 600.0},
    "search-clashes": {"task": "collaboration.clashes.tasks.search", "schedule": crontab(hour=2, minute=30)},
    "keep-seats-in-step": {"task": "actors.council.tasks.refresh_seats", "schedule": crontab(hour=3, minute=0)},
    "verify-ballots": {"task": "actors.council.tasks.verify_chains", "schedule": crontab(hour=4, minute=30)},
    "tell-whose-time-has-moved": {"task": "actors.meetings.tasks.tell_settled", "schedule": 60.0},
    "remind-of-action-points": {"task": "actors.meetings.tasks.remind_of_points", "schedule": crontab(minute=20)},
    "make-digests": {"task": "collaboration.digests.tasks.make_due", "schedule": 60.0},
    "gather-collaborations": {"task": "collaboration.tasks.gather_all", "schedule": crontab(hour=5, minute=0)},
    "name-neglected-ties": {"task": "collaboration.tasks.choose_ties", "schedule": crontab(hour=5, minute=30)},
    "end-collaborations": {"task": "collaboration.tasks.end_due", "schedule": crontab(hour=2, minute=40)},
    "forget": {"task": "medborger.common.tasks.forget", "schedule": crontab(hour=3, minute=30)},
}

# --- logs: one JSON line a request, without bodies and query strings --------------------------------------------------
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_paths,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_log_level,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL")},
    "loggers": {
        "django": {"level": "WARNING"},
        "django_structlog.middlewares": {"level": "ERROR"},  # the one line is MeasureMiddleware's
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
