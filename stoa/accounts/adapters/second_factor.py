"""How allauth keeps second factors."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class SecondFactor(DefaultMFAAdapter):
    """The secrets of authenticator apps are of no use to who holds only the database."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as the app knows it."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name that the app shows."""
        return str(settings.SITE_NAME)


def _box() -> Fernet:
    key = hashlib.sha256(b"stoa.accounts.second_factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
