"""What allauth's form asks newcomers besides address and password."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stoa.accounts.rules import names


class NameField(forms.CharField):
    """A display name."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Display name"),
            max_length=names.LONGEST,
            help_text=_("What others here call you. It need not be your legal name."),
            widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        )

    def clean(self, value: object) -> str:
        """Refuse a name that does not show."""
        try:
            return names.tidy(super().clean(value) or "")
        except names.NameRefused as refused:
            raise forms.ValidationError(_("Use at least one letter, and at most 80.")) from refused


class Newcomer(forms.Form):
    """A name, and the time zone that the browser knows."""

    display_name = NameField()
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-zone": ""}))

    def clean_time_zone(self) -> str:
        """Whatever is no time zone counts as not said."""
        zone = str(self.cleaned_data["time_zone"])
        return zone if zone in available_timezones() else "UTC"

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """All is kept by the adapter that saves the person."""
