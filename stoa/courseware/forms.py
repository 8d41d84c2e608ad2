"""What learners and instructors type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.courseware.rules.notebooks import seconds_of

LONGEST_NOTE, LONGEST_REPORT, LONGEST_NEWS = 20_000, 4_000, 50_000


class NoteForm(forms.Form):
    """A note, at a moment of the video or at the step as a whole."""

    text = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write something, then save the note."),
        },
    )
    time = forms.CharField(label=_("At"), required=False, max_length=12)

    def clean_time(self) -> int | None:
        """The moment in seconds; none for the step as a whole."""
        shown = self.cleaned_data["time"]
        if not shown:
            return None
        try:
            return seconds_of(shown)
        except ValueError as odd:
            raise forms.ValidationError(_("Write the time as minutes and seconds, like 2:14.")) from odd


class ReportForm(forms.Form):
    """What is wrong at a step."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say in a few words what is wrong, so that someone can repair it."),
        },
    )


class AnnouncementForm(forms.Form):
    """News for the learners of a run."""

    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the announcement a title.")}
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_NEWS,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": _("Write what learners should know."),
        },
    )
