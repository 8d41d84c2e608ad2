"""A guardian's address."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GuardianForm(forms.Form):
    """Whom to ask."""

    address = forms.EmailField(
        label=_("E-mail address of a parent or guardian"),
        help_text=_("We write to it once, with your display name and a link to agree or not."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
