from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "stoa.insights"
    label = "insights"
