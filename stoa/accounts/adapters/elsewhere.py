"""Signing in with an account from elsewhere (OpenID Connect)."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from stoa.accounts.models import Person
from stoa.accounts.rules import addresses, names


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
