"""Signing in with an account from elsewhere (OpenID Connect)."""

import secrets
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from stoa.accounts.events import Joined
from stoa.accounts.models import Person
from stoa.accounts.rules import addresses, names
from stoa.kernel.bus import publish


class Elsewhere(DefaultSocialAccountAdapter):
    """Takes over the name; the address is kept as we spell it."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Mapping[str, str | None]) -> Person:
        """The person as the other site describes them; the sign-up form asks for what is missing."""
        person: Person = super().populate_user(request, sociallogin, data)
        full = data.get("name") or f"{data.get('first_name') or ''} {data.get('last_name') or ''}"
        try:
            person.display_name = names.tidy(full)[: names.LONGEST]
        except names.NameRefused:
            person.display_name = ""
        try:
            person.email = addresses.tidy(person.email)
        except addresses.AddressRefused:
            person.email = ""
        return person

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> Person:
        """Keep somebody who comes from elsewhere, and announce them."""
        person: Person = super().save_user(request, sociallogin, form)
        # With a form, the adapter of the sign-up page has announced them.
        if form is None:
            publish(Joined(person_id=person.pk))
        return person


class OpenId(OpenIDConnectOAuth2Adapter):
    """Believes nothing but a token that is signed, meant for us, and asked for by this very browser."""

    def get_provider(self) -> OpenIDConnectProvider:
        """The other site, which is asked to put this browser's nonce into the token."""
        provider: OpenIDConnectProvider = super().get_provider()  # type: ignore[no-untyped-call]  # allauth's own
        nonce = self.request.session.setdefault(_NONCE, secrets.token_urlsafe(24))
        provider.app.settings = {**provider.app.settings, "auth_params": {"nonce": nonce}}
        return provider

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Who the other site says it is."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("The other site sent no id_token.")
        login: SocialLogin = super().complete_login(request, app, token, **kwargs)
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        # allauth trusts the connection instead of the signature; we look at it in any case.
        self.did_fetch_access_token = False
        claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        nonce = self.request.session.pop(_NONCE, "")
        if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise OAuth2Error("The id_token was asked for by somebody else.")
        return claims


_NONCE = "openid_nonce"
