"""Language, theme and data use, for this device."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LookForm(forms.Form):
    """How a visitor wants to see the site."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    low_data = forms.BooleanField(
        label=_("Spare data"),
        required=False,
        help_text=_("No MOOC video is loaded before you press play, and small files are offered first."),
    )
