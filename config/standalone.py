"""Settings of `stoa insights serve`: the pages of Insights alone, with no database, no accounts and no courses."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
ALONE = ROOT / "stoa" / "insights" / "templates" / "alone"

SECRET_KEY = os.environ["STOA_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("STOA_HOSTS", "localhost 127.0.0.1 [::1]").split()
INSIGHTS_EXACT = os.environ.get("STOA_INSIGHTS_EXACT") == "1"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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
    },
}
# The room `site` is no app here: its pages need a database. Its base templates, tags and files are taken by themselves.
INSTALLED_APPS = ["stoa.insights", "django.contrib.staticfiles", "csp", "django_htmx"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stoa.site.middleware.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.standalone_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The header and the footer of a site lead to what isn't here.
        "DIRS": [ALONE, ROOT / "stoa" / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"stoa": "stoa.site.templatetags.stoa", "dates": "stoa.site.templatetags.dates"},
            "context_processors": [
                "django.template.context_processors.request",
                "stoa.site.adapters.context.site",
            ],
        },
    }
]
DATABASES: dict[str, dict[str, str]] = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATICFILES_DIRS = [ROOT / "stoa" / "site" / "static"]
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ["STOA_DATA"]) / "static"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "stoa" / "site" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
