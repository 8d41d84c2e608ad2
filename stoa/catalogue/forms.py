"""What people send to the catalogue."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    """A course that somebody asks for."""

    words = forms.CharField(
        max_length=120,
        label=_("What do you want to learn?"),
        help_text=_("A few words, as you would type them into a search: “statistics for nurses”."),
    )
