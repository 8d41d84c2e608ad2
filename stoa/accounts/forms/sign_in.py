"""The sign-in form."""

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Address and password; what is wrong with the pair is said at the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        _without_placeholders(self)
        self.fields["password"].help_text = ""

    def clean(self) -> dict[str, object] | None:
        """Move the error to the field where one mends it."""
        try:
            cleaned: dict[str, object] | None = super().clean()  # type: ignore[no-untyped-call]  # allauth's, without types
        except forms.ValidationError as refused:
            self.add_error("password", refused)
            return self.cleaned_data
        return cleaned


class SignUpForm(SignupForm):
    """Name, address and password: no country, no card."""

    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        _without_placeholders(self)
        self.fields["password1"].help_text = _("At least 10 signs. Some words that only you put together are best.")


def _without_placeholders(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
