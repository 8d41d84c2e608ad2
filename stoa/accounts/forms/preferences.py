"""How somebody wants Stoa to be."""

from collections.abc import Mapping
from unicodedata import normalize
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import TextChoices
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from stoa.accounts.forms.newcomer import NameField


class Theme(TextChoices):
    """Light or dark."""

    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


def _languages() -> list[tuple[str, object]]:
    # Each in its own words, so that one finds one's own.
    own = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
    return [("", _("As the browser says")), *own]


def _read() -> list[tuple[str, str]]:
    known = {
        # Django writes Vietnamese with signs apart, which HTML would rather have in one.
        code: normalize("NFC", info["name_local"])
        for code, info in LANG_INFO.items()
        if "-" not in code and "name_local" in info
    }
    return sorted(known.items(), key=lambda one: one[1].casefold())


def _zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]


class LookForm(forms.Form):
    """Language, time zone, colours and data use: what a visitor may choose too."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=_languages)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_zones,
        help_text=_("Dates of courses are shown in it, beside the course's own."),
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=[("", _("As the device says")), *Theme.choices],
    )
    low_data = forms.BooleanField(
        label=_("Spare data"),
        required=False,
        help_text=_("Videos load only when you start them, and smaller where there is a choice."),
    )


class PreferencesForm(LookForm):
    """The same, and the name."""

    display_name = NameField()
    reads = forms.MultipleChoiceField(
        label=_("Languages that you read with ease"),
        required=False,
        choices=_read,
        help_text=_("Work of peers in these languages can be given to you to read."),
    )
    reads_some = forms.MultipleChoiceField(
        label=_("Languages that you also read, more slowly"),
        required=False,
        choices=_read,
        help_text=_("You get work in them only where nobody else has read it for two days."),
    )
    field_order = ["display_name", "language", "time_zone", "theme", "low_data"]


class LeavingForm(forms.Form):
    """Proof that somebody means to delete the account."""

    address = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("Type it once more, so that nothing is deleted by mistake.")
    )

    def __init__(self, typed: Mapping[str, object] | None, *, address: str) -> None:
        super().__init__(typed)
        self._address = address

    def clean_address(self) -> str:
        """Only the account's own address will do."""
        typed = str(self.cleaned_data["address"]).strip().lower()
        if typed != self._address:
            raise forms.ValidationError(_("This is not the address of this account. Nothing was deleted."))
        return typed
