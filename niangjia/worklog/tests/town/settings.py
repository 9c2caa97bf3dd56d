"""The least that Django needs: the worklog, the town, and a throw-away server.

The connection is the owner's, who is no superuser: what the books do after migrate must need no more.
"""

from __future__ import annotations

from niangjia.kit.pg import Embedded
from tests.throwaway import folder

ROOT, MINE = folder("NIANGJIA_TOWN_ROOT", "niangjia-town-", "pg")
SERVER = Embedded(ROOT / "pg", durable=False)
SECRET_KEY = "only for the town"
ALLOWED_HOSTS = ["testserver"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "niangjia.kit",
    "niangjia.worklog",
    "niangjia.worklog.tests.town",
]
ROOT_URLCONF = "niangjia.worklog.tests.town.urls"
STATIC_URL = "static/"
LANGUAGE_CODE = "en"
LOGIN_URL = "/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
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
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(SERVER.sockdir),
        "USER": "books_owner",
        "NAME": "postgres",
        "TEST": {"NAME": "town"},
    }
}
