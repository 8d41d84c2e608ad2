"""Loads what the processes of pages share, before there is a database or a folder of static files.

Each would load it anyway at its first pages, and then keep a copy of its own.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.translation import gettext, override


def load_pages() -> None:
    """Models, addresses, languages, templates."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    for code, _ in settings.LANGUAGES:
        with override(code):
            gettext("Home")
            # Addresses are kept for each language.
            get_resolver().reverse("home")
    for name in _our_templates():
        get_template(name)


def _our_templates() -> Iterator[str]:
    for app in apps.get_app_configs():
        folder = Path(app.path) / "templates"
        if app.name.startswith("stoa."):
            yield from (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html")))


load_pages()
