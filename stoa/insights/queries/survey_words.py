"""What the questions and answers of the surveys are called on screen."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from stoa.insights.rules.surveys import ANSWERS, INTENT, REASON, SATISFIED, WORDS, Survey

QUESTIONS: Final = {
    (Survey.ENROLMENT, INTENT): later("What do you want from this course, most of all?"),
    (Survey.EXIT, REASON): later("How did it end for you?"),
    (Survey.EXIT, SATISFIED): later("Are you satisfied with what you got?"),
    (Survey.EXIT, WORDS): later("In your own words"),
}
_WORDS: Final[Mapping[tuple[str, str], Mapping[str, Promise]]] = {
    (Survey.ENROLMENT, INTENT): {
        "certificate": later("Earn the credential"),
        "skills": later("Learn a skill that I need"),
        "growth": later("Grow as a person"),
        "all": later("Go through all of it"),
        "some": later("Learn or refresh a part of it"),
        "browse": later("Look around"),
        "unsure": later("I don't know yet"),
    },
    (Survey.EXIT, REASON): {
        "time": later("I had no time"),
        "done": later("I got what I wanted"),
        "hard": later("It was too hard"),
        "easy": later("It was too easy"),
        "expected": later("It was not what I expected"),
        "technical": later("Something did not work"),
        "later": later("I will go on later"),
        "other": later("Something else"),
    },
    (Survey.EXIT, SATISFIED): {"yes": later("Yes"), "no": later("Not really")},
}


def question_of(survey: str, question: str) -> str:
    """What is asked."""
    return str(QUESTIONS.get((Survey(survey), question), question))


def answer_of(survey: str, question: str, answer: str) -> str:
    """What was answered, in words."""
    return str(_WORDS.get((survey, question), {}).get(answer, answer))


def choices_of(survey: Survey, question: str) -> tuple[tuple[str, str], ...]:
    """The answers to choose from, each with its words."""
    return tuple((key, answer_of(survey, question, key)) for key in ANSWERS[survey, question])
