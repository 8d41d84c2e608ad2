from allauth.account.views import signup
from allauth.socialaccount.views import signup as signup_from_elsewhere
from django.db.transaction import atomic
from django.urls import URLPattern, URLResolver, include, path

from stoa.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("preferences/", views.preferences, name="preferences"),
    path("account/", views.account, name="account"),
    path("account/facts.json", views.facts, name="account_facts"),
    path("account/deletion/", views.deletion, name="account_deletion"),
    path("account/guardian/", views.guardian_to_ask, name="guardian_to_ask"),
    path("guardians/<str:token>/", views.guardian, name="guardian"),
    # allauth's own, with the account and its mail kept together or not at all.
    path("accounts/signup/", atomic(signup), name="account_signup"),
    path("accounts/3rdparty/signup/", atomic(signup_from_elsewhere), name="socialaccount_signup"),
    path("accounts/oidc/<str:provider_id>/login/", views.to_elsewhere, name="openid_connect_login"),
    path("accounts/oidc/<str:provider_id>/login/callback/", views.from_elsewhere, name="openid_connect_callback"),
    path("accounts/", include("allauth.urls")),
]
