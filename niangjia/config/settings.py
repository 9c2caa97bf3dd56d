"""Settings: one file, read from the environment; without any, a demo on this machine's own PostgreSQL."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

BASE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("DATA") or BASE / "var").absolute()  # database, files, keys: all that must be kept
DEMO = os.environ.get("NIANGJIA_DEMO", "1") == "1"
DEBUG = False
FEDERATION = os.environ.get("NIANGJIA_FEDERATION", "湖州市总工会")

# Who connects: the pages own nothing; the owner migrates and loads history; the auditors read.
ROLES = {"owner": "niangjia_owner", "app": "niangjia_app", "audit": "niangjia_audit"}
ROLE = os.environ.get("NIANGJIA_ROLE", "app")
BOOKS_ROLES = {"application": ROLES["app"], "audit": ROLES["audit"]}
TESTING = "NIANGJIA_TEST_SERVER" in os.environ
# How long one statement may take: `serve` and `worker` say it for the processes that they begin, so that no page holds a connection for ever.
STATEMENT_SECONDS = os.environ.get("NIANGJIA_STATEMENT_SECONDS", "")


def own_server() -> str:
    """Where the server listens that this machine runs itself."""
    from niangjia.kit.pg import Embedded

    return str(Embedded(DATA / "postgres").sockdir)


def database(role: str) -> dict[str, Any]:
    """The connection of a role: to DATABASE_URL if there is one, else to the server that this machine runs itself."""
    config: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": {}}
    if url := os.environ.get("DATABASE_OWNER_URL" if role == "owner" and "DATABASE_OWNER_URL" in os.environ else "DATABASE_URL"):
        said = conninfo_to_dict(url)
        config |= {"NAME": said.pop("dbname", "niangjia"), "HOST": said.pop("host", ""), "PORT": str(said.pop("port", ""))}
        config |= {"USER": said.pop("user", ""), "PASSWORD": said.pop("password", "")}
        config["OPTIONS"] = said
        if config["USER"] != ROLES[role]:  # one address for all: each connection takes its role
            config["OPTIONS"]["options"] = f"-c role={ROLES[role]}"
    else:
        config |= {"NAME": "niangjia", "HOST": os.environ.get("NIANGJIA_TEST_SERVER") or own_server(), "USER": ROLES[role]}
    if role == "app" and STATEMENT_SECONDS:
        said = config["OPTIONS"].get("options", "")
        config["OPTIONS"]["options"] = f"{said} -c statement_timeout={int(STATEMENT_SECONDS) * 1000}".strip()
    if not TESTING and role == "app":
        config["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 6, "timeout": 10}
    return config


DATABASES = {"default": database(ROLE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def secret() -> str:
    """The key of sessions and forms: from the environment, or in demo mode from a file that is made once."""
    if key := os.environ.get("NIANGJIA_SECRET"):
        return key
    path = DATA / "secret"
    try:
        return path.read_text()
    except OSError:
        if not DEMO:
            raise SystemExit("NIANGJIA_SECRET is not set. Make one with: niangjia keys secret") from None
    key = secrets.token_urlsafe(48)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    except FileExistsError:
        return path.read_text()
    except OSError:
        pass  # a disk that cannot be written still shows its help; serving says what is wrong
    return key


SECRET_KEY = secret()
KEY_FILE = Path(os.environ.get("NIANGJIA_KEY_FILE") or DATA / "keys.json")
CIPHER = os.environ.get("NIANGJIA_CIPHER", "AES")  # or SM4, with HMAC-SM3
FILES = DATA / "files"
EXPORTS = DATA / "exports"  # lists of people on their way out, sealed; in no backup, because they must be gone when they are gone

HOSTS = os.environ.get("NIANGJIA_HOSTS", "127.0.0.1,localhost,testserver").split(",")
ALLOWED_HOSTS = HOSTS
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS if host not in ("127.0.0.1", "localhost", "testserver")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "niangjia.access.views.csrf_failed"

INSTALLED_APPS = [
    "niangjia.config",
    "niangjia.scenario",
    "niangjia.desk",
    "niangjia.reports",
    "niangjia.returns",
    "niangjia.worklog",
    "niangjia.rights",
    "niangjia.quality",
    "niangjia.reconcile",
    "niangjia.asked",
    "niangjia.exchange",
    "niangjia.members",
    "niangjia.exports",
    "niangjia.rulebook",
    "niangjia.unions",
    "niangjia.gazette",
    "niangjia.flow",
    "niangjia.files",
    "niangjia.notices",
    "niangjia.access",
    "niangjia.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's session page needs it
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "niangjia.kit.middleware.Headers",
    "niangjia.kit.middleware.Once",
    "niangjia.access.middleware.Seen",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "niangjia.access.kept.Kept",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "niangjia.access.middleware.SecondFactor",
    "niangjia.kit.middleware.Sentences",
    "niangjia.kit.middleware.ReadOnly",
    "niangjia.access.once.Repeated",
]
WRITING_GETS = ("/account/",)  # allauth keeps its own steps

ROOT_URLCONF = "niangjia.config.urls"
WSGI_APPLICATION = "niangjia.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "niangjia.kit.context.look",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "niangjia.kit.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "niangjia.access.adapter.Door"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "join": "200/h/ip,2000/d/key",
    "object": "30/h/ip,500/d/key",
    "phone-code": "100/h/ip,5/h/key",
    "phone-try": "200/h/ip",
    "provider": "120/m/ip",
    "machine": "300/m/key",  # calls of one system
    "machine-refused": "60/m/ip",  # calls with a key that opens nothing
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "娘家"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
USERSESSIONS_TRACK_ACTIVITY = False
# Staff sign in with a second factor everywhere but in the demo, where one click is the way in.
SECOND_FACTOR = os.environ.get("NIANGJIA_SECOND_FACTOR", "0" if DEMO else "1") == "1"


def oidc() -> dict[str, Any]:
    """The provider through which staff may sign in too; without an issuer there is none. Its secret may lie in a file."""
    said = {name: os.environ.get(f"NIANGJIA_OIDC_{name.upper()}", "") for name in ("issuer", "client", "secret", "name")}
    if path := os.environ.get("NIANGJIA_OIDC_SECRET_FILE"):
        said["secret"] = Path(path).read_text().strip()
    # What the provider may say (amr, acr) that counts as a second factor here; empty: the house asks for its own.
    return said | {"trusts": os.environ.get("NIANGJIA_OIDC_TRUSTS", "").split()}


OIDC = oidc()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
MENU_SECONDS = 0 if TESTING else 20  # how long the numbers of the menu serve the pages that follow; tests count each time
FORM_RENDERER = "niangjia.kit.renderer.Controls"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

EMAIL_BACKEND = os.environ.get(
    "NIANGJIA_EMAIL", "django.core.mail.backends.locmem.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("NIANGJIA_SMTP", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("NIANGJIA_MAIL_FROM", "niangjia@localhost")

# Short messages: `folder:/…` or an address that takes them as JSON; the demo has a phone on the screen. Empty: members sign in elsewhere.
SMS = os.environ.get("NIANGJIA_SMS", f"folder:{DATA / 'phone'}" if DEMO else "")
SMS_KEY = os.environ.get("NIANGJIA_SMS_KEY", "")
MESSENGER = os.environ.get("NIANGJIA_MESSENGER", f"folder:{DATA / 'phone'}" if DEMO else "")
MESSENGER_KEY = os.environ.get("NIANGJIA_MESSENGER_KEY", "")

# Networks of our own to which changes may be posted all the same, with commas, such as 10.20.0.0/16. Nothing else inward is ever posted to.
HOOK_NETWORKS = [one.strip() for one in os.environ.get("NIANGJIA_HOOK_NETWORKS", "").split(",") if one.strip()]

# What is remembered by posting is the same for every process; tests and rate limits keep to memory.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "niangjia.kit.discreet.Discreet", "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["err"], "level": "WARNING"},
}
