"""What somebody may say about themselves; every field can be left out."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from stoa.accounts.actions import Said
from stoa.accounts.models import Profile
from stoa.accounts.queries import years_to_choose
from stoa.catalogue.queries import subject_names
from stoa.kernel.clock import now
from stoa.site.rules.countries import countries

Choices = Iterable[tuple[str, object]]
SILENT = ("", _("I prefer not to say"))


def _countries() -> Choices:
    return [SILENT, *countries(get_language() or "en")]


def _years() -> Choices:
    today: date = now().date()
    return [SILENT, *((str(year), str(year)) for year in years_to_choose(today))]


def _subjects() -> Choices:
    return [SILENT, *((name, gettext(name)) for name in subject_names().values())]


def _of(choices: Choices) -> Choices:
    return [SILENT, *choices]


class ProfileForm(forms.Form):
    """One select a question, each of which begins with not saying."""

    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=_of(Profile.Gender.choices))
    gender_words = forms.CharField(
        label=_("Gender in your own words"),
        required=False,
        max_length=60,
        help_text=_("Where you chose your own words. They stay in your account; the figures count them together."),
    )
    year_of_birth = forms.ChoiceField(label=_("Year of birth"), required=False, choices=_years)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=_countries)
    education = forms.ChoiceField(label=_("Highest education"), required=False, choices=_of(Profile.Education.choices))
    teaching = forms.ChoiceField(
        label=_("Do you teach, or did you?"), required=False, choices=_of(Profile.Teaching.choices)
    )
    subject_taught = forms.ChoiceField(label=_("What you teach or taught"), required=False, choices=_subjects)
    status = forms.ChoiceField(label=_("What you do now"), required=False, choices=_of(Profile.Status.choices))
    motive = forms.ChoiceField(label=_("Why you learn here"), required=False, choices=_of(Profile.Motive.choices))

    def said(self) -> Said:
        """The whole profile."""
        kept = dict(self.cleaned_data)
        year = kept.pop("year_of_birth")
        return Said(**kept, year_of_birth=int(year) if year else None)


def from_profile(profile: Profile) -> dict[str, object]:
    """What the form shows at first: what was said before."""
    return {name: getattr(profile, name) or "" for name in ProfileForm.base_fields}
