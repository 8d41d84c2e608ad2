"""Forms of the course team: the dates of an assignment, and a later deadline for one learner."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.accounts.models import Person
from stoa.peer_review.actions import Dates
from stoa.peer_review.models import Assignment
from stoa.peer_review.rules.deadlines import moment_in
from stoa.peer_review.rules.placing import MOST_DAYS, MOST_MINUTES, MOST_REVIEWS, WHOLE

WALL = "%Y-%m-%dT%H:%M"


class LocalTime(forms.TextInput):
    """The browser's own choice of a day and a time."""

    input_type = "datetime-local"


class WallClock(forms.CharField):
    """A time as clocks in the run's zone show it; where they show it twice, the later one."""

    widget = LocalTime
    zone = "UTC"

    def clean(self, value: object) -> datetime | None:
        """The moment, in UTC."""
        told = super().clean(value)
        if not told:
            return None
        try:
            wall = datetime.fromisoformat(told)
        except ValueError as error:
            raise forms.ValidationError(_("Write the date like 2026-12-14T22:00.")) from error
        return wall if wall.tzinfo else moment_in(self.zone, wall)

    def prepare_value(self, value: object) -> object:
        """The moment as clocks in the zone show it."""
        return value.astimezone(ZoneInfo(self.zone)).strftime(WALL) if isinstance(value, datetime) else value


class DatesForm(forms.Form):
    """What holds for everybody in the run."""

    opens_at = WallClock(label=_("Opens"), required=False)
    due_at = WallClock(label=_("Deadline"), required=False)
    grace_minutes = forms.IntegerField(label=_("Minutes of grace"), min_value=0, max_value=MOST_MINUTES)
    late = forms.ChoiceField(label=_("Late work"), choices=Assignment.Late.choices)
    late_days = forms.IntegerField(label=_("Days for late work"), min_value=0, max_value=MOST_DAYS)
    late_penalty = forms.IntegerField(label=_("Points of 100 that a late day costs"), min_value=0, max_value=WHOLE)
    reviews_open_at = WallClock(label=_("Reviews open"), required=False)
    reviews_due_at = WallClock(label=_("Reviews are asked for by"), required=False)
    reviews_to_give = forms.IntegerField(label=_("Reviews that each gives"), min_value=0, max_value=MOST_REVIEWS)
    promise_days = forms.IntegerField(label=_("Days until the result"), min_value=1, max_value=MOST_DAYS)
    responsible = forms.ModelChoiceField(Person.objects.none(), label=_("Responsible"), required=False)

    def __init__(self, typed: Mapping[str, object] | None, *, assignment: Assignment) -> None:
        names = Dates.__dataclass_fields__
        initial = {name: getattr(assignment, name) for name in (*names, "responsible")}
        super().__init__(typed, initial=initial)
        _set_zones(self, assignment)
        choice = self.fields["responsible"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Person.objects.filter(teaching__course=assignment.run.course_id).order_by("display_name")

    def dates(self) -> Dates:
        """What was typed."""
        return Dates(**{name: self.cleaned_data[name] for name in Dates.__dataclass_fields__})


class ExtensionForm(forms.Form):
    """A later deadline for one learner."""

    due_at = WallClock(label=_("Deadline for this learner"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("The course team reads it; the learner sees only the new date."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, typed: Mapping[str, object] | None, *, assignment: Assignment, until: datetime | None, reason: str
    ) -> None:
        super().__init__(typed, initial={"due_at": until, "reason": reason})
        _set_zones(self, assignment)


def _set_zones(form: forms.Form, assignment: Assignment) -> None:
    for field in form.fields.values():
        if isinstance(field, WallClock):
            field.zone = assignment.run.time_zone
