"""The language of a course that doesn't say it."""

from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.languages import guessed
from stoa.coursedoc.formats.olx.tests.makers import an_export, findings_of, imported

SENTENCES = {
    "en": "In this lesson you learn how the parts of a clock are put together and what that is good for.",
    "es": "En esta lección se aprende cómo se montan las piezas de un reloj y para qué es bueno en el taller.",
    "fr": "Dans cette leçon vous apprenez comment les pièces du mécanisme sont montées et ce que vous en faites.",
    "pt": "Em cada lição você aprende como são montadas as peças do relógio e para que não se perca uma delas.",
    "de": "In dieser Lektion lernen Sie, wie die Teile der Uhr auf den Tisch kommen und nicht von ihm fallen.",
    "fi": "Tässä tunnissa opit kuinka kellon osat pannaan yhteen ja mihin se on hyvä, kun ne ovat joka päivä käytössä.",
    "zh": "在这一课中你将学习如何把钟表的各个部分装配在一起以及这样做有什么好处并且练习几次直到熟练为止",
    "ja": "このレッスンでは時計の部品をどのように組み立てるか、そしてそれが何の役に立つのかを学びます。",
    "ar": "في هذا الدرس تتعلم كيف تركب أجزاء الساعة معا وما الفائدة من ذلك وكيف تصلحها إذا توقفت",
    "he": "בשיעור הזה לומדים איך מרכיבים את חלקי השעון יחד ולמה זה טוב ומה עושים כשהוא נעצר פתאום",
    "ru": "На этом уроке вы узнаете, как собираются части часов и для чего это нужно каждому мастеру.",  # noqa: RUF001 -- a sentence in Russian letters
    "uk": "На цьому уроці ви дізнаєтеся, як збираються частини годинника і для чого це потрібно кожному.",  # noqa: RUF001 -- a sentence in Ukrainian letters
    "fa": "در این درس یاد می‌گیرید که چگونه قطعات ساعت را کنار هم بگذارید و چرا این کار مفید است پس گوش کنید",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_language_is_known_by_its_letters_or_words(language: str, sentence: str) -> None:
    assert guessed([sentence] * 8) == language


@pytest.mark.parametrize("texts", [[], ["Quiz 1"], ["x = 1; y = 2; print(x)"] * 40, ["the la les der"] * 40])
def test_too_little_or_a_mixture_is_no_language(texts: list[str]) -> None:
    assert guessed(texts) == ""


def test_a_course_that_says_no_language_gets_the_one_of_its_words(tmp_path: Path) -> None:
    page = f"<html>{SENTENCES['de'] * 5}</html>"

    silent = imported(an_export(tmp_path / "silent", page))
    spoken = imported(an_export(tmp_path / "spoken", page, language="da"))
    empty = imported(an_export(tmp_path / "empty", "<html/>"))

    assert [given.course.language for given in (silent, spoken, empty)] == ["de", "da", "en"]
    assert "by its words it is “de”" in findings_of(silent)
    assert "its language" not in findings_of(spoken) + findings_of(empty)
