"""Problems of the five common kinds, alone and together."""

from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.problems.dropdowns import options_of
from stoa.coursedoc.formats.olx.tests.makers import an_export, fate_of, findings_of, imported, items_of, the_item
from stoa.coursedoc.imported import Fate
from stoa.coursedoc.model import ChoicePart, FreeTextPart, Item, NumberPart, Part, Quiz, Raw, Reading, TextPart
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit, ShowAnswer


def a_quiz(folder: Path, inside: str, attributes: str = "", **course: str) -> Quiz:
    item = the_item(folder, f'<problem url_name="p" {attributes}>{inside}</problem>', files=None, **course)
    assert isinstance(item, Quiz), item
    return item


def the_part(folder: Path, inside: str, attributes: str = "") -> Part:
    (part,) = a_quiz(folder, inside, attributes).parts
    return part


def a_raw(folder: Path, inside: str) -> Raw:
    item = the_item(folder, f'<problem url_name="p">{inside}</problem>')
    assert isinstance(item, Raw), item
    return item


ONE = """
<multiplechoiceresponse><label>Which?</label><description>One of them</description>
<choicegroup type="MultipleChoice" shuffle="true">
<choice correct="False" name="a">No <b>way</b><choicehint label="Hm">Think again</choicehint></choice>
<choice correct="TRUE" fixed="true"><img src="/static/x.png" alt="X"/></choice>
</choicegroup>
<solution><div class="detailed-solution"><p>Explanation</p><p>Because.</p></div></solution>
</multiplechoiceresponse>
<demandhint><hint>First</hint><hint>Second <i>hint</i></hint></demandhint>"""


def test_choose_one_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    quiz = a_quiz(tmp_path, ONE, 'display_name="Pick" max_attempts="2" weight="3" showanswer="attempted"')

    (part,) = quiz.parts
    assert isinstance(part, ChoicePart)
    assert (part.kind, part.shuffle, part.label.source) == (ChoiceKind.ONE, True, "Which?")
    assert part.description.source == "One of them"
    assert [(choice.id, choice.correct, choice.fixed) for choice in part.choices] == [
        ("a", False, False),
        ("choice_1", True, True),
    ]
    assert part.choices[0].text.source == "No <b>way</b>"
    assert part.choices[0].feedback.source == "<strong>Hm:</strong> Think again"
    assert part.solution.source == "<p>Because.</p>"
    assert [hint.source for hint in quiz.hints] == ["First", "Second <i>hint</i>"]
    assert (quiz.title, quiz.attempts, quiz.weight, quiz.show_answer) == ("Pick", 2, 3.0, ShowAnswer.ATTEMPTED)
    assert quiz.layout.source == ""
    assert part.stem.source == ""


def test_several_right_radios_none_right_and_words_that_are_neither(tmp_path: Path) -> None:
    inside = (
        '<problem url_name="p"><multiplechoiceresponse><choicegroup><choice correct="true">a</choice>'
        '<choice correct="true">b</choice></choicegroup></multiplechoiceresponse><multiplechoiceresponse>'
        '<choicegroup><choice correct="fale">a</choice></choicegroup></multiplechoiceresponse></problem>'
    )

    told = findings_of(imported(an_export(tmp_path, inside)))

    assert "Question 1: Several choices are right" in told
    assert "Question 2: No choice is right" in told
    assert "“fale”" in told


def test_points_for_near_choices(tmp_path: Path) -> None:
    part = the_part(
        tmp_path,
        '<multiplechoiceresponse partial_credit="points"><choicegroup><choice correct="true">a</choice>'
        '<choice correct="partial" point_value="0.25">b</choice><choice correct="partial">c</choice></choicegroup>'
        "</multiplechoiceresponse>",
    )

    assert isinstance(part, ChoicePart)
    assert part.partial_credit is PartialCredit.POINTS
    assert [choice.credit for choice in part.choices] == [1.0, 0.25, 0.5]


@pytest.mark.parametrize(
    ("told", "credit"),
    [
        ("edc", PartialCredit.EACH),
        ("EDC", PartialCredit.EACH),
        ("halves", PartialCredit.HALVES),
        ("", PartialCredit.NONE),
    ],
)
def test_choose_all_that_apply(tmp_path: Path, told: str, credit: PartialCredit) -> None:
    part = the_part(
        tmp_path,
        f'<choiceresponse partial_credit="{told}"><checkboxgroup><choice correct="true">a'
        '<choicehint selected="true">Yes</choicehint><choicehint selected="false">Look</choicehint></choice>'
        '<choice correct="false">b</choice><choice correct="true">c</choice>'
        '<compoundhint value="A C">Both</compoundhint></checkboxgroup></choiceresponse>',
    )

    assert isinstance(part, ChoicePart)
    assert (part.kind, part.partial_credit) == (ChoiceKind.MANY, credit)
    first = part.choices[0]
    assert (first.text.source, first.feedback.source, first.unchosen_feedback.source) == ("a", "Yes", "Look")
    (both,) = part.feedback
    assert (both.choices, both.text.source) == (("choice_0", "choice_2"), "Both")


def test_feedback_that_stands_elsewhere(tmp_path: Path) -> None:
    part = the_part(
        tmp_path,
        '<multiplechoiceresponse targeted-feedback=""><choicegroup answer-pool="2"><choice correct="false" '
        'explanation-id="e1">a</choice><choice correct="true" explanation-id="e2">b</choice></choicegroup>'
        '</multiplechoiceresponse><targetedfeedbackset><targetedfeedback explanation-id="e1"><div><p>Not a</p></div>'
        "</targetedfeedback></targetedfeedbackset>",
    )

    assert isinstance(part, ChoicePart)
    assert part.choices[0].feedback.source == "<p>Not a</p>"


def test_dropdowns_old_and_new(tmp_path: Path) -> None:
    quiz = a_quiz(
        tmp_path,
        "<p>Pick <optionresponse inline='1'><optioninput options=\"('it\\'s','b, c')\" correct=\"b, c\" inline='1'/>"
        "</optionresponse> now</p><optionresponse><optioninput label='New'><option correct='False'>x</option>"
        "<option correct='True'>y<optionhint>Right</optionhint></option></optioninput></optionresponse>",
    )

    old, new = quiz.parts
    assert isinstance(old, ChoicePart)
    assert isinstance(new, ChoicePart)
    assert quiz.layout.source == "<p>Pick {{part p1}} now</p>{{part p2}}"
    assert [(choice.text.source, choice.correct) for choice in old.choices] == [("it's", False), ("b, c", True)]
    assert [(choice.text.source, choice.correct) for choice in new.choices] == [("x", False), ("y", True)]
    assert new.choices[1].feedback.source == "Right"
    assert new.label.source == "New"


def test_options_without_quotes_are_split_at_commas() -> None:
    assert options_of("(one, two)") == ["one", "two"]


def test_numbers_with_tolerance_more_answers_and_half_points(tmp_path: Path) -> None:
    part = the_part(
        tmp_path,
        '<p>How far?</p><numericalresponse answer="10" partial_credit="list,close"><responseparam type="tolerance" '
        'default="5 %" partial_answers="3,4" partial_range="3"/>'
        '<formulaequationinput trailing_text="km" label="How far"/><correcthint>Well</correcthint>'
        '<additional_answer answer="12"><correcthint>Too</correcthint></additional_answer>'
        "</numericalresponse>",
    )

    assert isinstance(part, NumberPart)
    assert [(one.value, one.tolerance, one.credit) for one in part.answers] == [
        ("10", "5%", 1.0),
        ("12", "0", 1.0),
        ("3", "5%", 0.5),
        ("4", "5%", 0.5),
        ("10", "15%", 0.5),
    ]
    assert [one.feedback.source for one in part.answers][:2] == ["Well", "Too"]
    assert part.unit == "km"
    assert part.stem.source == "<p>How far?</p>"
    assert part.label.source == ""


def test_a_range_of_numbers(tmp_path: Path) -> None:
    part = the_part(tmp_path, '<numericalresponse answer="(1.5, 2e3]"><textline/></numericalresponse>')

    assert isinstance(part, NumberPart)
    (one,) = part.answers
    assert (one.low, one.high, one.low_inclusive, one.high_inclusive) == ("1.5", "2e3", False, True)


def test_words_and_patterns(tmp_path: Path) -> None:
    part = the_part(
        tmp_path,
        '<stringresponse answer=" Michigan _or_ Mitten " type="ci"><label>State?</label><textline size="20"/>'
        "<additional_answer>Old form<correcthint>Fine</correcthint></additional_answer>"
        '<additional_answer answer="MI"/><stringequalhint answer="Ohio">No</stringequalhint>'
        '<hintgroup><stringhint answer="Iowa" type="ci" name="i"/><hintpart on="i"><text>Not Iowa</text></hintpart>'
        "</hintgroup></stringresponse>",
    )

    assert isinstance(part, TextPart)
    assert (part.case_sensitive, part.pattern) == (False, False)
    assert [(one.text, one.correct, one.feedback.source) for one in part.answers] == [
        ("Michigan", True, ""),
        ("Mitten", True, ""),
        ("Old form", True, "Fine"),
        ("MI", True, ""),
        ("Ohio", False, "No"),
        ("Iowa", False, "<text>Not Iowa</text>"),
    ]


def test_patterns_stay_patterns_and_broken_ones_are_kept_raw(tmp_path: Path) -> None:
    part = the_part(tmp_path / "a", '<stringresponse answer="\\d+ ?cm" type="regexp ci"><textline/></stringresponse>')
    raw = a_raw(tmp_path / "b", '<stringresponse answer="(a" type="regexp"><textline/></stringresponse>')

    assert isinstance(part, TextPart)
    assert part.pattern
    assert "pattern" not in raw.reason


def test_a_pattern_that_fits_everything_asks_for_free_words(tmp_path: Path) -> None:
    quiz = a_quiz(tmp_path, '<p>Reflect</p><stringresponse answer=".*." type="ci regexp"><textline/></stringresponse>')

    (part,) = quiz.parts
    assert isinstance(part, FreeTextPart)
    assert (quiz.scored, quiz.weight, part.stem.source) == (False, 0.0, "<p>Reflect</p>")


TRUE = """<script type='loncapa/python'>
  def ok(e, a):
    if a:
      return {'ok': True, 'msg': 'Thanks'}
    return True
</script>"""
CHECKED = '<customresponse cfn="ok"><textbox/></customresponse>'


def test_a_check_that_can_only_say_yes_asks_for_free_words(tmp_path: Path) -> None:
    quiz = a_quiz(tmp_path / "a", TRUE + CHECKED)
    mixed = a_quiz(tmp_path / "b", TRUE + CHECKED + '<stringresponse answer="a"><textline/></stringresponse>')

    assert [type(part) for part in quiz.parts] == [FreeTextPart]
    assert not quiz.scored
    assert [type(part) for part in mixed.parts] == [TextPart, TextPart]
    assert mixed.scored


@pytest.mark.parametrize(
    "script",
    [
        "def ok(e, a):\n  return a == '1'",
        "def ok(e, a):\n  return 0",
        "def ok(e, a):\n  if a:\n    return 1\n  else:\n    pass",
        "import re\ndef ok(e, a):\n  found = re.search('b', a)\n  if found:\n    return 1\n  else:\n    return 0",
        "import re\ndef ok(e, a):\n  found = re.search('', a)\n  found = e\n  if found:\n    return 1\n  return 0",
        "import re\ndef ok(e, a):\n  found = a.count('')\n  if found:\n    return 1\n  return 0",
        "def ok(e, a):\n  if a:\n    return True",
        "def ok(e, a):\n  return {'ok': True, 'grade_decimal': 0.5}",
        "def ok(e, a):\n  print 'old'\n  return True",
        "def ok(e, a):\n  assert a\n  return True",
        "other = 1",
    ],
)
def test_a_real_check_is_kept_raw_with_its_words_and_solution(tmp_path: Path, script: str) -> None:
    raw = a_raw(tmp_path, f"<p>Find x</p><script>{script}</script>{CHECKED}<solution><p>It is 1</p></solution>")

    assert "program" in raw.reason
    assert "Find x" in raw.readable.source
    assert "It is 1" in raw.readable.source
    assert "def ok" not in raw.readable.source
    assert script.split("\n", maxsplit=1)[0] in raw.source


def test_numbers_that_a_script_makes_are_kept_raw_and_money_is_no_script(tmp_path: Path) -> None:
    script = "<script>import random\nx = random.randint(1, 2)\ny = 2 * x</script>"

    raw = a_raw(tmp_path / "a", script + '<p>$x?</p><numericalresponse answer="$y"><textline/></numericalresponse>')
    quiz = a_quiz(
        tmp_path / "b", script + '<p>It costs $5</p><numericalresponse answer="5"><textline/></numericalresponse>'
    )

    assert "program" in raw.reason
    assert quiz.parts[0].stem.source == "<p>It costs $5</p>"


@pytest.mark.parametrize(
    "tag", ["formula", "schematic", "image", "code", "symbolic", "annotation", "choicetext", "javascript"]
)
def test_other_kinds_are_kept_whole(tmp_path: Path, tag: str) -> None:
    raw = a_raw(tmp_path, f'<p>Words</p><{tag}response answer="1"><textline/></{tag}response>')

    assert f"<{tag}response" in raw.source
    assert raw.readable.source == "<p>Words</p><div> ____ </div>"
    assert "can't be answered here yet" in raw.reason


def test_a_problem_without_a_question_is_a_reading(tmp_path: Path) -> None:
    item = the_item(tmp_path, '<problem url_name="p"><p>Just read</p><script>x = 1</script></problem>')

    assert isinstance(item, Reading)
    assert item.text.source == "<p>Just read</p>"


def test_parts_one_below_the_other_have_their_own_words(tmp_path: Path) -> None:
    quiz = a_quiz(
        tmp_path,
        "<startouttext/>Intro &amp; more<endouttext/><text><div><p>A?</p><stringresponse answer='a'><textline/>"
        "</stringresponse><p>B?</p></div></text><numericalresponse answer='2'><p>inside</p><textline points='3'/>"
        "</numericalresponse><p>The end</p><solution><p>All of it</p></solution>",
    )

    first, second = quiz.parts
    assert first.stem.source == "Intro &amp; more<p>A?</p>"
    assert second.stem.source == "<p>B?</p><p>inside</p>"
    assert (second.points, quiz.outro.source, quiz.solution.source) == (3.0, "<p>The end</p>", "<p>All of it</p>")


def test_blanks_in_a_table_keep_the_table(tmp_path: Path) -> None:
    field = '<formulaequationinput label="Cell {0}"/><solution>s{0}</solution>'
    blank = f'<numericalresponse answer="{{0}}">{field}</numericalresponse>'
    quiz = a_quiz(tmp_path, f"<table><tr><td>{blank.format(1)}</td><td>{blank.format(2)} %</td></tr></table><p>End</p>")

    assert quiz.layout.source == "<table><tr><td>{{part p1}}</td><td>{{part p2}} %</td></tr></table><p>End</p>"
    assert [(part.label.source, part.solution.source) for part in quiz.parts] == [("Cell 1", "s1"), ("Cell 2", "s2")]


def test_one_response_with_several_fields_keeps_its_text(tmp_path: Path) -> None:
    quiz = a_quiz(
        tmp_path,
        "<optionresponse><p>A <optioninput options=\"('x','y')\" correct='x'/> and "
        "<optioninput options=\"('x','y')\" correct='y'/></p></optionresponse>",
    )

    assert quiz.layout.source == "<p>A {{part p1}} and {{part p2}}</p>"


@pytest.mark.parametrize(
    ("attributes", "attempts", "weight"),
    [
        ("", None, None),
        ('max_attempts="" weight=""', None, None),
        ('max_attempts="0" weight="0.0"', 0, 0.0),
        ('max_attempts="null"', None, None),
    ],
)
def test_attempts_and_weight(tmp_path: Path, attributes: str, attempts: int | None, weight: float | None) -> None:
    quiz = a_quiz(tmp_path, ONE, attributes)

    assert (quiz.attempts, quiz.weight) == (attempts, weight)


def test_rules_pass_down_and_own_ones_win(tmp_path: Path) -> None:
    course = {"showanswer": "past_due", "max_attempts": "4", "show_correctness": "never"}

    quiz = a_quiz(tmp_path, ONE, 'max_attempts="7" submission_wait_seconds="30"', **course)

    assert (quiz.show_answer, quiz.attempts, quiz.wait_seconds) == (ShowAnswer.PAST_DUE, 7, 30)
    assert not quiz.show_correctness


def test_a_script_of_a_browser_is_dropped_and_said(tmp_path: Path) -> None:
    given = imported(
        an_export(tmp_path, f"<problem url_name='p'><script type='text/javascript'>x</script>{ONE}</problem>")
    )

    (told,) = fate_of(given, "problem")
    assert (told.fate, told.loss) == (Fate.PARTLY, "a script dropped")
    assert [type(item) for item in items_of(given)] == [Quiz]


def test_formulas_are_in_one_notation(tmp_path: Path) -> None:
    quiz = a_quiz(
        tmp_path,
        "<p>[mathjaxinline]a&lt;b[/mathjaxinline]</p><numericalresponse answer='1'><textline/></numericalresponse>",
    )

    assert quiz.parts[0].stem.source == "<p>\\(a&lt;b\\)</p>"


def test_a_complex_answer_and_no_answer_are_kept_raw(tmp_path: Path) -> None:
    kinds: list[type[Item]] = [
        type(a_raw(tmp_path / str(n), f"<numericalresponse answer='{told}'><textline/></numericalresponse>"))
        for n, told in enumerate(("", "1+2j", "3*i"))
    ]

    assert kinds == [Raw, Raw, Raw]


def test_a_label_right_before_its_field_is_its_label(tmp_path: Path) -> None:
    field = "<numericalresponse answer='1'><textline/></numericalresponse>"

    quiz = a_quiz(tmp_path, f"<p>All</p><label>(a) x</label> {field}<div><label>(b) y</label>{field}</div>")

    assert [(part.stem.source, part.label.source) for part in quiz.parts] == [("<p>All</p>", "(a) x"), ("", "(b) y")]


def test_choices_of_a_raw_problem_are_a_list_without_the_answer(tmp_path: Path) -> None:
    raw = a_raw(
        tmp_path,
        '<multiplechoiceresponse><choicegroup><choice correct="true">a<choicehint>h</choicehint></choice>'
        "</choicegroup></multiplechoiceresponse><imageresponse><imageinput src='x'/></imageresponse>",
    )

    assert raw.readable.source == "<div><ul><li>a</li></ul></div><div> ____ </div>"
