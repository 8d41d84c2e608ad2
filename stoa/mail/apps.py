from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "stoa.mail"
    label = "mail"
