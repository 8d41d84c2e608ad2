"""All of Stoa's settings, read from the environment. `docs/settings.md` says what each is for."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import database, flag, live_sources, words
from config.sign_in import *  # noqa: F403 -- one noun of the settings, in its own file

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ["STOA_DATA"])

# Live updates: their own port, or a path behind a proxy.
LIVE_URL = os.environ.get("STOA_LIVE_URL", "")
LIVE_PORT = int(os.environ.get("STOA_LIVE_PORT", "8001"))

# Who may reach the site, and how.
SECRET_KEY = os.environ["STOA_SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = words("STOA_HOSTS", "localhost 127.0.0.1 [::1]")
HTTPS = flag("STOA_HTTPS")
CSRF_TRUSTED_ORIGINS = words("STOA_ORIGINS", "")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "stoa.site.views.errors.refused"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "https:"],
        "connect-src": [SELF, *live_sources(ALLOWED_HOSTS, port=LIVE_PORT, https=HTTPS, url=LIVE_URL)],
        "frame-src": words("STOA_FRAMES", "https://www.youtube-nocookie.com"),
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# The rooms, and what they stand on.
INSTALLED_APPS = [
    "stoa.site",
    "stoa.insights",
    "stoa.authoring",
    "stoa.peer_review",
    "stoa.assessment",
    "stoa.courseware",
    "stoa.catalogue",
    "stoa.accounts",
    "stoa.mail",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stoa.site.middleware.compression.CompressionMiddleware",
    "stoa.site.middleware.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "stoa.accounts.middleware.PersonMiddleware",
    "stoa.accounts.middleware.PreferencesMiddleware",
    "stoa.site.middleware.tracking.TrackingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stoa.site.adapters.context.site",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ["DATABASE_URL"], kept=flag("STOA_KEEP_CONNECTIONS"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "stoa_cache",
        # So many that nobody pushes the counts of failed sign-ins out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
MEDIA_ROOT = DATA / "media"
# Files that learners handed in: never public.
SUBMISSIONS_ROOT = DATA / "submissions"
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "stoa.site.adapters.assets.Assets"},
}

# Languages and time.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [ROOT / "stoa" / "site" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Mail. Without a server it stays on the page /inbox/.
SITE_NAME = os.environ.get("STOA_NAME", "Stoa")
SITE_URL = os.environ.get("STOA_URL", "http://localhost:8000").rstrip("/")
SMTP_URL = os.environ.get("STOA_SMTP_URL", "")
SMTP_CONNECTIONS = int(os.environ.get("STOA_SMTP_CONNECTIONS", "8")) if SMTP_URL else 1
MAIL_FROM = os.environ.get("STOA_MAIL_FROM", "stoa@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that isn't there is the asker's matter.
    "loggers": {"django.request": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
}
