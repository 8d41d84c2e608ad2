from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "stoa.site"
    label = "site"

    def ready(self) -> None:
        """Let every room hear the facts that the rooms below announce."""
        autodiscover_modules("reactions")
