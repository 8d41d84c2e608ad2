"""All the other kinds of elements."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stoa.coursedoc.formats.olx.tests.makers import an_export, fate_of, findings_of, imported, items_of, the_item
from stoa.coursedoc.imported import Fate
from stoa.coursedoc.model import (
    Assignment,
    ChoicePart,
    Discussion,
    Exercise,
    FreeTextPart,
    Gate,
    OutsideResource,
    Pool,
    Quiz,
    Raw,
    Reading,
    ReviewFlow,
    Variants,
)
from stoa.coursedoc.model.assignments import Need
from stoa.coursedoc.model.items import When


def quoted(told: str) -> str:
    return told.replace('"', "&quot;")


def test_a_poll(tmp_path: Path) -> None:
    red = '{"label": "Red &amp;amp; &lt;b>x&lt;/b>", "img": "/static/r.png", "img_alt": "R"}'
    answers = quoted(f'[["R", {red}], ["B", {{"label": "B"}}]]')

    quiz = the_item(
        tmp_path,
        f'<poll url_name="p" question="Which &lt;i&gt;one&lt;/i&gt;?" answers="{answers}" max_submissions="0" '
        'feedback="Thanks"/>',
        files={"static/r.png": "x"},
    )

    assert isinstance(quiz, Quiz)
    assert (quiz.scored, quiz.show_results, quiz.attempts, quiz.solution.source) == (False, True, None, "Thanks")
    (part,) = quiz.parts
    assert isinstance(part, ChoicePart)
    assert part.label.source == "Which <i>one</i>?"
    assert [choice.id for choice in part.choices] == ["R", "B"]
    assert part.choices[0].text.source == '<img src="asset:r.png" alt="R"> Red &amp; <b>x</b>'


def test_a_survey_and_its_defaults(tmp_path: Path) -> None:
    questions = quoted('[["q1", {"label": "Good?"}], ["q2", {"label": "Long?"}]]')
    answers = quoted('[["Y", "Yes"], ["N", "No"]]')

    quiz = the_item(
        tmp_path / "a", f'<survey questions="{questions}" answers="{answers}" private_results="true" block_name="S"/>'
    )
    plain = the_item(tmp_path / "b", '<survey url_name="s"/>')

    assert isinstance(quiz, Quiz)
    assert isinstance(plain, Quiz)
    assert (quiz.title, quiz.attempts, quiz.show_results) == ("S", 1, False)
    assert [part.label.source for part in quiz.parts] == ["Good?", "Long?"]
    assert [[choice.text.source for choice in part.choices] for part in quiz.parts if isinstance(part, ChoicePart)] == [
        ["Yes", "No"],
        ["Yes", "No"],
    ]
    assert len(plain.parts) == 3


def test_an_old_poll(tmp_path: Path) -> None:
    quiz = the_item(
        tmp_path,
        '<poll_question url_name="p">Sure?<answer id="y">Yes</answer><answer id="n">No</answer></poll_question>',
    )

    assert isinstance(quiz, Quiz)
    (part,) = quiz.parts
    assert isinstance(part, ChoicePart)
    assert (part.label.source, [choice.text.source for choice in part.choices]) == ("Sure?", ["Yes", "No"])


def test_a_word_cloud(tmp_path: Path) -> None:
    quiz = the_item(tmp_path, '<word_cloud display_name="W" num_inputs="2" instructions="Two words"/>')

    assert isinstance(quiz, Quiz)
    (part,) = quiz.parts
    assert isinstance(part, FreeTextPart)
    assert (part.words_wanted, quiz.scored, quiz.intro.source) == (2, False, "Two words")


RUBRIC = """<rubric><criterion feedback="required"><name>0</name><label>Clear</label><prompt>Is it?</prompt>
<option points="0"><name>0</name><label>No</label><explanation>Not</explanation></option>
<option points="2"><name>1</name><label>Yes</label><explanation/></option></criterion>
<criterion><name>0</name><label>Again</label><option points="1"><name>x</name></option></criterion>
<feedbackprompt>Tell</feedbackprompt><feedback_default_text>I think</feedback_default_text></rubric>"""


def test_an_open_response(tmp_path: Path) -> None:
    flow = (
        '<assessment name="student-training"><example><answer><part>Mine</part></answer>'
        '<select criterion="0" option="1"/></example></assessment>'
        '<assessment name="peer-assessment" must_grade="5" must_be_graded_by="4"/>'
        '<assessment name="self-assessment"/><assessment name="staff-assessment" required="False"/>'
    )
    item = the_item(
        tmp_path,
        '<openassessment url_name="o" submission_due="2024-05-01T00:00:00" submission_start="2001-01-01T00:00:00" '
        'prompts_type="html" file_upload_response="optional" file_upload_type="image" '
        'white_listed_file_types="gif, .JPG">'
        f"<title>Essay</title><assessments>{flow}</assessments><prompts><prompt><description>&lt;p&gt;Write&lt;/p&gt;"
        f"</description></prompt></prompts>{RUBRIC}</openassessment>",
    )

    assert isinstance(item, Assignment)
    assert item.flow == (ReviewFlow.TRAINING, ReviewFlow.PEER, ReviewFlow.SELF)
    assert (item.title, item.reviews_to_give, item.reviews_to_get, item.opens) == ("Essay", 5, 4, None)
    assert item.due is not None
    assert [prompt.source for prompt in item.prompts] == ["<p>Write</p>"]
    assert (item.files.need, item.files.types) == (Need.OPTIONAL, ("gif", "jpg"))
    assert [(one.id, one.label, one.prompt, one.comment) for one in item.criteria] == [
        ("0", "Clear", "Is it?", Need.REQUIRED),
        ("0-2", "Again", "", Need.NONE),
    ]
    assert [(one.id, one.label, one.points) for one in item.criteria[0].levels] == [("0", "No", 0), ("1", "Yes", 2)]
    assert item.criteria[1].levels[0].label == "x"
    assert (item.overall_prompt, item.overall_default) == ("Tell", "I think")
    assert [(one.answers, one.levels) for one in item.examples] == [(("Mine",), (("0", "1"),))]


def test_the_dates_of_an_open_response(tmp_path: Path) -> None:
    flow = (
        '<assessment name="peer-assessment" start="2024-05-01T00:00:00Z" due="2024-05-09T00:00:00Z"/>'
        '<assessment name="self-assessment" due="2024-05-10T00:00:00Z"/>'
    )
    work = f'submission_due="2024-05-02T00:00:00Z"><assessments>{flow}</assessments>{RUBRIC}</openassessment>'
    given = imported(
        an_export(
            tmp_path,
            f'<openassessment {work}<openassessment date_config_type="subsection" {work}',
        )
    )

    own, of_its_lesson = items_of(given)

    assert isinstance(own, Assignment)
    assert isinstance(of_its_lesson, Assignment)
    assert (own.due, of_its_lesson.due) == (datetime(2024, 5, 2, tzinfo=UTC), None)
    assert (own.reviews_open, own.reviews_due) == (datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 9, tzinfo=UTC))
    assert "only those of the peers are kept" in fate_of(given, "openassessment")[0].loss


def test_an_old_open_response_with_plain_words(tmp_path: Path) -> None:
    given = imported(
        an_export(
            tmp_path,
            '<openassessment allow_file_upload="True" leaderboard_show="3"><rubric><prompt>Line &amp;lt;one\ntwo'
            "</prompt></rubric></openassessment><openassessment/>",
        )
    )

    old, empty = items_of(given)
    assert isinstance(old, Assignment)
    assert isinstance(empty, Assignment)
    assert [prompt.source for prompt in old.prompts] == ["Line &amp;lt;one<br>\ntwo"]
    assert (old.files.need, old.flow) == (Need.OPTIONAL, (ReviewFlow.STAFF,))
    assert fate_of(given, "openassessment")[0].loss == "its list of the best works is not shown"
    assert "has no rubric" in findings_of(given)


def test_work_that_staff_score(tmp_path: Path) -> None:
    upload = the_item(tmp_path / "a", '<edx_sga url_name="a" points="20" solution="&lt;b&gt;S&lt;/b&gt;" weight="1"/>')
    other = the_item(tmp_path / "b", '<staffgradedxblock url_name="b" weight="2" instructions="Come by"/>')

    assert isinstance(upload, Assignment)
    assert isinstance(other, Assignment)
    assert (upload.points, upload.files.need, upload.text_answer, upload.solution.source) == (
        20,
        Need.REQUIRED,
        Need.NONE,
        "<b>S</b>",
    )
    assert (other.points, other.flow, other.prompts[0].source) == (2, (ReviewFlow.STAFF,), "Come by")


def test_talks_and_outside_resources(tmp_path: Path) -> None:
    inside = (
        '<discussion url_name="d" discussion_category="Week 1" discussion_target="Hello" discussion_id="i"/>'
        '<lti url_name="l" launch_url="https://tool.example/" has_score="true" lti_id="k" display_name="Tool"/>'
        '<lti_consumer url_name="m" launch_url="javascript:alert(1)"/>'
        '<google-calendar url_name="g" calendar_id="a@example.org"/>'
        '<google-document url_name="h" embed_code="&lt;iframe src=&quot;https://docs.example/1&quot;&gt;"/>'
        '<done url_name="n"/>'
    )

    given = imported(an_export(tmp_path, inside))

    talk, tool, bad, calendar, document, done = items_of(given)
    assert isinstance(talk, Discussion)
    assert (talk.title, talk.topic, talk.category, talk.kept[0].name) == ("Hello", "Hello", "Week 1", "discussion_id")
    urls = [one.url for one in (tool, bad, calendar, document) if isinstance(one, OutsideResource)]
    assert urls == [
        "https://tool.example/",
        "",
        "https://calendar.google.com/calendar/embed?src=a%40example.org",
        "https://docs.example/1",
    ]
    assert isinstance(done, Exercise)
    assert "key must be entered again; its score" in fate_of(given, "lti")[0].loss


def test_pools_and_experiments(tmp_path: Path) -> None:
    partition = quoted('[{"id": 7, "groups": [{"id": 2}, {"id": 1}]}]')
    children = quoted('{"1": "i4x://Org/C1/vertical/x", "2": "block-v1:Org+C1+r1+type@vertical+block@y"}')
    inside = (
        '<library_content url_name="l" max_count="2"><html url_name="a">a</html><html url_name="b">b</html>'
        '</library_content><itembank url_name="i" max_count="-1"><html url_name="c">c</html></itembank>'
        '<library_content url_name="e" max_count="1"/>'
        f'<split_test url_name="t" user_partition_id="7" group_id_to_child="{children}"><vertical url_name="x">'
        '<html>one</html></vertical><vertical url_name="y"><html>two</html></vertical></split_test>'
        '<randomize url_name="r"><html>r</html></randomize>'
        '<conditional url_name="k" sources="i4x://x" completed="True"><show sources="y"/><html>k</html></conditional>'
    )

    given = imported(an_export(tmp_path, inside, user_partitions=partition))

    library, bank, empty, test, one, condition = given.course.modules[0].lessons[0].steps[0].items
    assert [(pool.draw, len(pool.items)) for pool in (library, bank, empty, one) if isinstance(pool, Pool)] == [
        (2, 2),
        (None, 1),
        (1, 0),
        (1, 1),
    ]
    assert isinstance(test, Variants)
    assert [variant.id for variant in test.variants] == ["y", "x"]
    assert isinstance(condition, Variants)
    assert "completed" in condition.rule
    assert given.report.lost == 0
    assert "pool is empty" in findings_of(given)


@pytest.mark.parametrize(
    ("condition", "gate"),
    [
        (
            'sources="i4x://Org/C1/problem/p; block-v1:Org+C1+r1+type@poll+block@q" attempted="True" message="Wait"',
            Gate(items=("p", "q"), words="Wait"),
        ),
        ('sources="i4x://Org/C1/problem/p" correct="true"', Gate(items=("p",), when=When.RIGHT)),
        ('sources="i4x://Org/C1/problem/p" correct="false"', None),
        ('sources="i4x://Org/C1/html/h" attempted="True"', None),
        ('sources="i4x://Org/C1/problem/raw" attempted="True"', None),
        ('attempted="True"', None),
    ],
)
def test_a_condition_that_can_hold_here_becomes_a_gate(tmp_path: Path, condition: str, gate: Gate | None) -> None:
    inside = (
        '<problem url_name="p"><stringresponse answer="a"><textline/></stringresponse></problem><poll url_name="q"/>'
        '<html url_name="h">h</html>'
        '<problem url_name="raw"><schematicresponse><schematic/></schematicresponse></problem>'
        f'<conditional url_name="k" {condition}><html>k</html></conditional>'
    )

    given = imported(an_export(tmp_path, inside))

    held = given.course.modules[0].lessons[0].steps[0].items[-1]
    assert isinstance(held, Variants)
    assert held.gate == gate
    (told,) = fate_of(given, "conditional")
    assert told.fate is (Fate.MAPPED if gate else Fate.PARTLY)


def test_annotations_become_footnotes(tmp_path: Path) -> None:
    item = the_item(
        tmp_path,
        '<annotatable url_name="a"><p>A <annotation title="T" body="B &lt;i&gt;x&lt;/i&gt;">word</annotation> more</p>'
        "</annotatable>",
    )

    assert isinstance(item, Reading)
    assert (
        item.text.source
        == "<p>A <em>word<sup>1</sup></em> more</p><hr><ol><li><strong>T</strong>: B <i>x</i></li></ol>"
    )


@pytest.mark.parametrize("tag", ["recommender", "gradefetcher", "customtag", "problem-builder", "combinedopenended"])
def test_unknown_kinds_are_kept_whole(tmp_path: Path, tag: str) -> None:
    given = imported(an_export(tmp_path, f'<{tag} url_name="u" title="T"><p>Some words</p></{tag}>'))

    (item,) = items_of(given)
    assert isinstance(item, Raw)
    assert (item.tag, item.readable.source) == (tag, "<p>Some words</p>")
    assert "<p>Some words</p>" in item.source
    assert fate_of(given, tag)[0].fate is Fate.KEPT


def test_words_of_an_unknown_kind_that_are_markup_are_read_as_markup(tmp_path: Path) -> None:
    words = "<text>&lt;p&gt;Where from?&lt;/p&gt;</text><i>1 &lt; 2</i><code>&lt;p&gt;</code>"

    item = the_item(tmp_path, f'<ubcpi url_name="u">{words}</ubcpi>')

    assert isinstance(item, Raw)
    assert item.readable.source == "<text><p>Where from?</p></text><i>1 &lt; 2</i><code>&lt;p&gt;</code>"


def test_a_drag_and_drop_shows_its_words(tmp_path: Path) -> None:
    data = quoted(
        '{"items": [{"displayName": "Apple"}], "zones": [{"title": "Fruit"}], "feedback": {"finish": "Good"}}'
    )

    item = the_item(tmp_path, f'<drag-and-drop-v2 url_name="d" question_text="Sort them" data="{data}"/>')

    assert isinstance(item, Raw)
    assert item.readable.source == "<p>Sort them</p><p>Apple</p><p>Fruit</p><p>Good</p>"


def test_a_pdf_becomes_a_link_to_it_and_to_its_source(tmp_path: Path) -> None:
    source = 'source_text="Deck" source_url="https://x.example/d"'
    block = f'<pdf url_name="d" display_name="Slides" url="/static/a.pdf" {source}/>'

    given = imported(an_export(tmp_path, block, files={"static/a.pdf": "%PDF-1.7"}))

    (page,) = items_of(given)
    assert isinstance(page, Reading)
    assert page.text.source == '<p><a href="asset:a.pdf">Slides</a></p><p><a href="https://x.example/d">Deck</a></p>'
    (told,) = fate_of(given, "pdf")
    assert (told.fate, told.loss) == (Fate.PARTLY, "it is a link, not a frame")
    assert "no address" in findings_of(imported(an_export(tmp_path / "bare", '<pdf url_name="d"/>')))


def test_what_was_for_some_groups_is_shown_to_all_and_said(tmp_path: Path) -> None:
    groups = "&quot;5&quot;"
    inside = f'<html group_access="{{{groups}: [2]}}">Some</html><html group_access="{{{groups}: []}}">All</html>'

    given = imported(an_export(tmp_path, inside))

    assert [element.loss for element in fate_of(given, "html")] == [
        "it was for some groups of learners, here all see it",
        "",
    ]
