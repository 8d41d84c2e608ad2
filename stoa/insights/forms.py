"""The answers that learners give, as a browser sends them."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stoa.accounts.models import Profile
from stoa.catalogue.queries import subject_names
from stoa.insights.queries.survey_words import QUESTIONS, choices_of
from stoa.insights.rules.surveys import INTENT, LONGEST, REASON, SATISFIED, WORDS, Survey

_CHOOSE = _("This is none of the answers. Choose one of those on the page.")
_SHORTER = _("This is longer than a thousand signs. Please say it more shortly; nothing you typed is lost.")


def _choice(survey: Survey, question: str) -> forms.ChoiceField:
    # Worded at each request, in the reader's language.
    return forms.ChoiceField(
        label=QUESTIONS[survey, question],
        required=False,
        widget=forms.RadioSelect,
        choices=lambda: choices_of(survey, question),
        error_messages={"invalid_choice": _CHOOSE},
    )


class IntentForm(forms.Form):
    """What they want from the course."""

    intent = _choice(Survey.ENROLMENT, INTENT)


class ExitForm(forms.Form):
    """How it ended; every part can be left out."""

    reason = _choice(Survey.EXIT, REASON)
    satisfied = _choice(Survey.EXIT, SATISFIED)
    words = forms.CharField(
        label=_("In your own words, if you like"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The course team reads it without your name."),
        error_messages={"max_length": _SHORTER},
    )

    def said(self) -> dict[str, str]:
        """The answer to each question that the page showed."""
        return {name: self.cleaned_data[name] for name in (REASON, SATISFIED, WORDS) if name in self.data}


def _subjects() -> list[tuple[str, str]]:
    return [("", gettext("I prefer not to say")), *((name, gettext(name)) for name in subject_names().values())]


class TeacherForm(forms.Form):
    """Whether they teach and what: two answers of the profile, asked of those who have not said it there."""

    teaching = forms.ChoiceField(
        label=_("Do you teach, or did you?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Profile.Teaching.choices,
        error_messages={"invalid_choice": _CHOOSE},
    )
    subject_taught = forms.ChoiceField(label=_("What you teach or taught"), required=False, choices=_subjects)
