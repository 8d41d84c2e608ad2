from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "stoa.accounts"
    label = "accounts"
