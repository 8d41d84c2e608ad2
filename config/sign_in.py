"""How people sign in: the settings of django-allauth, read from the environment."""

import os
from datetime import timedelta

from config.environment import flag

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my-learning/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "stoa.accounts.adapters.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": _VALIDATION + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_ENGINE = "stoa.accounts.adapters.sessions"

# Codes, not links: they can be read on a phone and typed on a computer, and no scanner of links uses them up.
ACCOUNT_ADAPTER = "stoa.accounts.adapters.sign_in.SignIn"
ACCOUNT_FORMS = {
    "login": "stoa.accounts.forms.sign_in.SignInForm",
    "signup": "stoa.accounts.forms.sign_in.SignUpForm",
    "change_password": "stoa.accounts.forms.passwords.ChangePassword",
    "set_password": "stoa.accounts.forms.passwords.SetPassword",
    "reset_password_from_key": "stoa.accounts.forms.passwords.NewPassword",
}
MFA_FORMS = {
    "authenticate": "stoa.accounts.forms.passwords.SecondStep",
    "reauthenticate": "stoa.accounts.forms.passwords.StillYou",
    "activate_totp": "stoa.accounts.forms.passwords.SetUpApp",
    "edit_webauthn": "stoa.accounts.forms.passwords.RenamePasskey",
}
ACCOUNT_SIGNUP_FORM_CLASS = "stoa.accounts.forms.newcomer.Newcomer"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "10/m/ip,100/d/ip",
    "reset_password": "10/m/ip,3/10m/key",
    "request_login_code": "10/m/ip,3/10m/key",
    "reauthenticate": "5/m/user",
}
# How many proxies stand between the browser and Stoa; their word for the browser's address is then believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("STOA_PROXIES", "0"))

MFA_ADAPTER = "stoa.accounts.adapters.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not flag("STOA_HTTPS")

SOCIALACCOUNT_ADAPTER = "stoa.accounts.adapters.elsewhere.Elsewhere"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "elsewhere",
                "name": os.environ.get("STOA_OIDC_NAME", "OpenID"),
                "client_id": os.environ.get("STOA_OIDC_CLIENT", ""),
                "secret": os.environ.get("STOA_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["STOA_OIDC_URL"]},
            }
        ]
        if os.environ.get("STOA_OIDC_URL")
        else [],
    }
}

# People: from which age they post without a guardian's word; after how many quiet weeks they are asked how it was.
AGE_OF_CONSENT = int(os.environ.get("STOA_AGE_OF_CONSENT", "13"))
QUIET_WEEKS = int(os.environ.get("STOA_QUIET_WEEKS", "4"))
