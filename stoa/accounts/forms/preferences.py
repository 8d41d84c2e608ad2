"""How somebody wants Stoa to be."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stoa.accounts.forms.newcomer import NameField

_AS_THE_BROWSER_SAYS = ("", _("As the browser says"))


def _zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]


class PreferencesForm(forms.Form):
    """Name, language, time zone, look and data use."""

    display_name = NameField()
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_zones,
        help_text=_("Dates of your courses are shown in it, beside the course's own."),
    )
    theme = forms.ChoiceField(
        label=_("Colours"),
        required=False,
        choices=[("", _("As the device says")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    low_data = forms.BooleanField(
        label=_("Spare data"),
        required=False,
        help_text=_("Videos load only when you start them, and smaller where there is a choice."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), required=False, choices=[_AS_THE_BROWSER_SAYS, *settings.LANGUAGES]
        )


class LeavingForm(forms.Form):
    """Proof that somebody means to delete the account."""

    address = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("Type it once more, so that nothing is deleted by mistake.")
    )

    def __init__(self, *args: object, address: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._address = address

    def clean_address(self) -> str:
        """Only the account's own address will do."""
        typed = str(self.cleaned_data["address"]).strip().lower()
        if typed != self._address:
            raise forms.ValidationError(_("This is not the address of this account. Nothing was deleted."))
        return typed
