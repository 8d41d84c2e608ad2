from django.urls import URLPattern, URLResolver, include, path

from stoa.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/", views.preferences, name="preferences"),
    path("account/", views.account, name="account"),
    path("account/facts.json", views.facts, name="account_facts"),
    path("account/deletion/", views.deletion, name="account_deletion"),
    path("accounts/", include("allauth.urls")),
]
