"""The forms of passwords and codes, in our words."""

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm, SetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class ChangePassword(ChangePasswordForm):
    """The old password and the new one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class SetPassword(SetPasswordForm):
    """A first password, for who signs in another way."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class NewPassword(ResetPasswordKeyForm):
    """A new password for who forgot the old one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class SetUpApp(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class SecondStep(AuthenticateForm):
    """A code after the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class StillYou(ReauthenticateForm):
    """A code before something delicate."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


class RenamePasskey(EditWebAuthnForm):
    """The name of a passkey."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _plainly(self)


_LABELS = {
    "oldpassword": _("The password that you have now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
    "name": _("Name"),
}


def _plainly(form: forms.BaseForm) -> None:
    for name, field in form.fields.items():
        field.label = _LABELS.get(name, field.label)
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
    if "password1" in form.fields:
        form.fields["password1"].help_text = _("At least 10 signs. Some words that only you put together are best.")
