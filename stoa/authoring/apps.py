from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "stoa.authoring"
    label = "authoring"
