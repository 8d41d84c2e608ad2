"""What the learners of a run answered, for its team: each share with its number, those asked and those who answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from stoa.catalogue.models import Run
from stoa.insights.models import Answer, Asking
from stoa.insights.queries.grids import Grid
from stoa.insights.queries.numbers import count, in_full
from stoa.insights.queries.survey_charts import SurveyBar
from stoa.insights.queries.survey_words import choices_of, question_of
from stoa.insights.rules.rates import Rate, Whole, rate_of
from stoa.insights.rules.surveys import INTENT, REASON, SATISFIED, WORDS, Ended, Survey

MOST_WORDS = 200


@dataclass(frozen=True, kw_only=True)
class SurveyTable:
    """One question: how many were asked and answered, and what; `bars` are the groups that answered."""

    name: str
    question: str
    title: str
    says: str
    grid: Grid
    bars: tuple[SurveyBar, ...]


@dataclass(frozen=True, kw_only=True)
class SurveyTables:
    """All of them, and what learners wrote, in no order that tells who wrote it."""

    tables: tuple[SurveyTable, ...]
    words: tuple[str, ...]


def survey_tables(run: Run) -> SurveyTables:
    """Exact figures of one run, for its team."""
    asked = _asked(run)
    said = _said(run)
    return SurveyTables(
        tables=(
            _question(Survey.ENROLMENT, INTENT, sum(asked[Survey.ENROLMENT].values()), said),
            _satisfied(run, asked[Survey.EXIT]),
            _question(Survey.EXIT, REASON, sum(asked[Survey.EXIT].values()), said),
        ),
        words=_words(run),
    )


def _asked(run: Run) -> Mapping[str, Mapping[str, int]]:
    """How many were asked, by survey and by how it had ended for them."""
    found: dict[str, dict[str, int]] = {Survey.ENROLMENT: {}, Survey.EXIT: {}}
    rows = Asking.objects.filter(enrolment__run=run).values_list("survey", "ended").annotate(n=Count("pk"))
    for survey, ended, n in rows.order_by("survey", "ended"):
        found.setdefault(survey, {})[ended] = n
    return found


def _said(run: Run) -> Mapping[tuple[str, str, str], int]:
    """How many gave which answer to which question."""
    rows = Answer.objects.filter(enrolment__run=run).exclude(question=WORDS)
    counted = rows.values_list("survey", "question", "answer").annotate(n=Count("pk")).order_by("survey")
    return {(survey, question, answer): n for survey, question, answer, n in counted}


def _question(survey: Survey, question: str, asked: int, said: Mapping[tuple[str, str, str], int]) -> SurveyTable:
    counts = [(key, words, said.get((survey, question, key), 0)) for key, words in choices_of(survey, question)]
    answered = sum(n for _key, _words, n in counts)
    rows = tuple((words, count(n), _share(rate_of(n, answered, Whole.SAID))) for _key, words, n in counts)
    bars = tuple(SurveyBar(key=key, label=words, n=n, of=answered) for key, words, n in counts)
    return SurveyTable(
        name=f"survey-{question}",
        question=question,
        title=question_of(survey, question),
        says=_response(answered, asked),
        grid=Grid(heads=(_("Answer"), _("Learners"), _("Share")), rows=rows if answered else ()),
        bars=bars if answered else (),
    )


def _satisfied(run: Run, asked: Mapping[str, int]) -> SurveyTable:
    """Who finished beside who did not."""
    yes, no = (Count("pk", filter=Q(answer=answer)) for answer in ("yes", "no"))
    answers = Answer.objects.filter(enrolment__run=run, survey=Survey.EXIT, question=SATISFIED)
    by_end = answers.filter(enrolment__askings__survey=Survey.EXIT).values_list("enrolment__askings__ended")
    found = {ended: (contented, not_so) for ended, contented, not_so in by_end.annotate(yes=yes, no=no)}
    rows = tuple(
        (words, count(asked[ended]), *_shares(*found.get(ended, (0, 0)), asked[ended]))
        for ended, words in _endings()
        if asked.get(ended)
    )
    answered = sum(contented + not_so for contented, not_so in found.values())
    bars = tuple(
        SurveyBar(key=ended, label=words, n=found[ended][0], of=sum(found[ended]))
        for ended, words in _endings()
        if sum(found.get(ended, ()))
    )
    return SurveyTable(
        name=f"survey-{SATISFIED}",
        question=SATISFIED,
        title=question_of(Survey.EXIT, SATISFIED),
        says=_response(answered, sum(asked.values())),
        grid=Grid(heads=(_("How it ended"), _("Asked"), _("Answered"), _("Satisfied")), rows=rows),
        bars=bars,
    )


def _endings() -> tuple[tuple[str, str], ...]:
    return (
        (Ended.COMPLETED, _("Did every step")),
        (Ended.ENOUGH, _("Have what they wanted")),
        (Ended.STOPPED, _("Stopped before the end")),
        (Ended.LEFT, _("Left the run")),
    )


def _shares(contented: int, not_so: int, asked: int) -> Iterable[str]:
    answered = min(contented + not_so, asked)
    return (_share(rate_of(answered, asked, Whole.ASKED)), _share(rate_of(contented, contented + not_so, Whole.SAID)))


def _share(rate: Rate | None) -> str:
    return in_full(rate) if rate else ""


def _response(answered: int, asked: int) -> str:
    rate = rate_of(min(answered, asked), asked, Whole.ASKED)
    return _("Answered: %(rate)s.") % {"rate": in_full(rate)} if rate else _("Nobody was asked yet.")


def _words(run: Run) -> tuple[str, ...]:
    written = Answer.objects.filter(enrolment__run=run, survey=Survey.EXIT, question=WORDS)
    newest = written.order_by("-at").values_list("answer", flat=True)[:MOST_WORDS]
    return tuple(sorted(newest, key=str.casefold))
