"""Django's settings, read from the environment and from WOLONG_HOME; nothing here is particular to one machine."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from wolong.entrance.oidc import configuration as oidc
from wolong.entrance.supervisor.whereabouts import Whereabouts

# The phrases that pypinyin knows take 45 MB of every process; names are sorted and found by single characters.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

PLACES = Whereabouts.from_environment()
HOME = PLACES.home
DEMO = PLACES.is_demo
DEBUG = os.environ.get("WOLONG_DEBUG") == "1"


def _secret_key() -> str:
    """The key of this installation: made at first start, kept readable by its owner only."""
    given = os.environ.get("WOLONG_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process of the same start was quicker
            pass
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _database() -> dict[str, object]:
    """DATABASES' entry from WOLONG_DATABASE_URL: postgresql://user:password@host:port/name, or ?host=/socket/folder."""
    url = urlsplit(PLACES.database_url)
    pooled = os.environ.get("WOLONG_POOL") == "1"
    # Most of the time of a page about one thing went into planning: ten milliseconds for a join of nine tables by
    # primary key, half of one where no more than four are tried in every order. What an office area holds lies in
    # memory: a row found by an index costs no turn of a disk, as PostgreSQL assumes unless told otherwise.
    options: dict[str, object] = {"options": "-c join_collapse_limit=4 -c jit=off -c random_page_cost=1.1"}
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 20}
    query = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "wolong",
        "USER": unquote(url.username or query.get("user", "")),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", url.hostname or "")),
        "PORT": str(url.port or query.get("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pooled else 60,
        # A connection that died with its server is noticed before it is used.
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("WOLONG_TEST_DB", "test_wolong")},
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [
    host for host in os.environ.get("WOLONG_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("WOLONG_TRUSTED_ORIGINS", "").split(",") if origin]
SECURE = os.environ.get("WOLONG_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
# Where people open the desk: links in notices to other systems begin with it.
OWN_URL = os.environ.get("WOLONG_URL", "").rstrip("/")
# Whether other systems may stand on this very machine.
SUBSCRIPTIONS_LOCAL = os.environ.get("WOLONG_SUBSCRIPTIONS_LOCAL") == "1"
SECURE_REFERRER_POLICY = "same-origin"

# The order of the house, low to high; a template or a static file of a higher room never replaces a lower one's.
ROOMS = [
    "wolong.ground.lifecycle",
    "wolong.ground.workdays",
    "wolong.ground.ledger",
    "wolong.ground.people",
    "wolong.ground.exchange",
    "wolong.ground.files",
    "wolong.ground.papers",
    "wolong.ground.savedviews",
    "wolong.ground.inbox",
    "wolong.ground.pages",
    "wolong.norms.standards",
    "wolong.estate.places",
    "wolong.estate.equipment",
    "wolong.estate.contracts",
    "wolong.loop.duties",
    "wolong.loop.plans",
    "wolong.loop.fieldwork",
    "wolong.loop.findings",
    "wolong.loop.rectification",
    "wolong.loop.appraisal",
    "wolong.loop.notices",
    "wolong.loop.analysis",
    "wolong.loop.subscriptions",
    "wolong.entrance",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    *(room for room in ROOMS if (Path(__file__).parents[1] / Path(*room.split(".")[1:]) / "apps.py").exists()),
]
MIDDLEWARE = [
    "wolong.entrance.middleware.SpeaksJson",
    "wolong.entrance.middleware.NoNullCharacters",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wolong.ground.people.middleware.ScopeMiddleware",
    "wolong.ground.people.middleware.PasswordMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "wolong.entrance.urls"
WSGI_APPLICATION = "wolong.entrance.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # First of all: the sign-in pages and form fields drawn here stand before those of the packages they come from.
        "DIRS": [Path(__file__).parents[1] / "ground/pages/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wolong.ground.pages.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_ON_APP_READY = None

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wolong.ground.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
# Sign-in through the office's own identity provider: None where no issuer is named.
OIDC = oidc.from_environment(os.environ)
SOCIALACCOUNT_PROVIDERS = OIDC.as_providers() if OIDC else oidc.WITHOUT
SOCIALACCOUNT_ADAPTER = "wolong.entrance.oidc.adapter.OfficeAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: a form that ends at another origin would need a hole in the policy below
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "pages/locked_out.html"
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILES_ROOT = HOME / "files"
# In the installed package beside the code, in a checkout at its top.
LIBRARY = next(
    folder
    for folder in (Path(__file__).parents[1] / "library", Path(__file__).parents[3] / "library")
    if folder.is_dir()
)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# One page of the API: nobody takes everything at once.
NINJA_PAGINATION_MAX_LIMIT = 1000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"wolong": {"level": "INFO"}},
}
