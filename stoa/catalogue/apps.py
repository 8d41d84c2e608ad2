from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "stoa.catalogue"
    label = "catalogue"
