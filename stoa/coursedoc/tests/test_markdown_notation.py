"""The notation as authors write it by hand."""

from pathlib import Path

import pytest

from stoa.coursedoc import model, walking
from stoa.coursedoc.formats.markdown import read_folder
from stoa.coursedoc.imported import SourceRefused
from stoa.coursedoc.model import Markup, Text
from stoa.coursedoc.model.assignments import Need
from stoa.coursedoc.model.items import ExerciseKind
from stoa.coursedoc.model.quizzes import ChoiceKind, PartialCredit, ShowAnswer


def a_folder(folder: Path, lesson: str = "Words.", **files: str) -> Path:
    """A course with one lesson, and more files where named; `__` in a name stands for a slash."""
    written = {"course.yaml": "title: Short", "01-week__01-hello.md": lesson} | files
    for name, content in written.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def items_of(folder: Path, lesson: str) -> list[model.Item]:
    return list(walking.items(read_folder(a_folder(folder, lesson)).course))


def the_quiz(folder: Path, lines: str) -> model.Quiz:
    (quiz,) = items_of(folder, f"# Check\n\n::: quiz\n{lines}\n:::")
    assert isinstance(quiz, model.Quiz)
    return quiz


def faults(folder: Path, lesson: str = "Words.", **files: str) -> list[str]:
    with pytest.raises(SourceRefused) as refused:
        read_folder(a_folder(folder, lesson, **files))
    return [str(one) for one in refused.value.findings]


def test_names_come_from_files_and_titles(tmp_path: Path) -> None:
    course = read_folder(a_folder(tmp_path, "First words.\n\n# Go on!\n\nMore.\n\n# Other {#own}\n")).course

    lesson = model.Lesson(
        id="hello",
        title="Hello",
        steps=(
            model.Step(id="hello", title="Hello", items=(a_reading("hello-reading", "First words."),)),
            model.Step(id="hello-go-on", title="Go on!", items=(a_reading("hello-go-on-reading", "More."),)),
            model.Step(id="own", title="Other"),
        ),
    )
    assert course == model.Course(
        id="short", title="Short", modules=(model.Module(id="week", title="Week", lessons=(lesson,)),)
    )


def a_reading(item_id: str, words: str) -> model.Reading:
    return model.Reading(id=item_id, text=Text(source=words))


def test_a_title_without_latin_letters_gives_a_name_too(tmp_path: Path) -> None:
    course = read_folder(a_folder(tmp_path, "# مرحبا\n")).course

    assert [place.step.id for place in walking.steps(course)] == ["hello-n80eff1a7"]


def test_headings_in_code_are_code(tmp_path: Path) -> None:
    (reading,) = items_of(tmp_path, "~~~\n# a comment\n::: quiz\n~~~")

    assert reading == a_reading("hello-reading", "~~~\n# a comment\n::: quiz\n~~~")


def test_a_step_and_a_block_say_more_in_braces(tmp_path: Path) -> None:
    course = read_folder(
        a_folder(
            tmp_path,
            '# Step {#s minutes=8 hidden}\n\n::: discussion Talk {#t topic="Say \\"hi\\"" hidden=false}\nHi.\n:::\n',
        )
    ).course

    talk = model.Discussion(id="t", title="Talk", topic='Say "hi"', text=Text(source="Hi."))
    assert [place.step for place in walking.steps(course)] == [
        model.Step(id="s", title="Step", minutes=8.0, hidden=True, items=(talk,))
    ]


def test_choices(tmp_path: Path) -> None:
    quiz = the_quiz(
        tmp_path,
        "Intro.\n\n? Which? {#q shuffle points=2}\nMore of it.\n\nA hint of it.\n"
        "( ) Wrong\n    > Because.\n      Twice.\n    < Why not?\n(x) Right {#r fixed}\n    ```\n    code\n    ```\n"
        "(25%) Half\n"
        "& a r > Both.\nSolution: That.\n\nHint: One.\n\nHint: Two.\n\nExplanation: All.\n\nAfter: Done.",
    )

    part = model.ChoicePart(
        id="q",
        label=Text(source="Which?\nMore of it."),
        description=Text(source="A hint of it."),
        points=2.0,
        shuffle=True,
        partial_credit=PartialCredit.POINTS,
        choices=(
            model.Choice(
                id="a",
                text=Text(source="Wrong"),
                feedback=Text(source="Because.\nTwice."),
                unchosen_feedback=Text(source="Why not?"),
            ),
            model.Choice(id="r", text=Text(source="Right\n```\ncode\n```"), correct=True, fixed=True),
            model.Choice(id="c", text=Text(source="Half"), credit=0.25),
        ),
        feedback=(model.Feedback(choices=("a", "r"), text=Text(source="Both.")),),
        solution=Text(source="That."),
    )
    assert quiz == model.Quiz(
        id="hello-check-quiz",
        intro=Text(source="Intro."),
        parts=(part,),
        hints=(Text(source="One."), Text(source="Two.")),
        solution=Text(source="All."),
        outro=Text(source="Done."),
    )


def test_boxes_lists_numbers_words_and_blanks(tmp_path: Path) -> None:
    quiz = the_quiz(
        tmp_path,
        "? A {partial=each}\n[x] b\n[ ] c\nBefore: Stem.\n? D {dropdown}\n(x) e\n? F {unit=m}\n= 22/7 +- 5%\n= (1, 2]\n"
        "= [3, 4)\n= 9 {credit=50%}\n    > Near.\n? G {pattern case}\n~ h.*\n!~ i\n"
        "    > No.\nLoose words.\n? J {words=2}\n___\n",
    )

    assert quiz.parts == (
        model.ChoicePart(
            id="p1",
            label=Text(source="A"),
            kind=ChoiceKind.MANY,
            partial_credit=PartialCredit.EACH,
            choices=(
                model.Choice(id="a", text=Text(source="b"), correct=True),
                model.Choice(id="b", text=Text(source="c")),
            ),
        ),
        model.ChoicePart(
            id="p2",
            stem=Text(source="Stem."),
            label=Text(source="D"),
            kind=ChoiceKind.DROPDOWN,
            choices=(model.Choice(id="a", text=Text(source="e"), correct=True),),
        ),
        model.NumberPart(
            id="p3",
            label=Text(source="F"),
            unit="m",
            answers=(
                model.NumberAnswer(value="22/7", tolerance="5%"),
                model.NumberAnswer(low="1", high="2", low_inclusive=False),
                model.NumberAnswer(low="3", high="4", high_inclusive=False),
                model.NumberAnswer(value="9", credit=0.5, feedback=Text(source="Near.")),
            ),
        ),
        model.TextPart(
            id="p4",
            label=Text(source="G"),
            pattern=True,
            case_sensitive=True,
            answers=(
                model.TextAnswer(text="h.*"),
                model.TextAnswer(text="i", correct=False, feedback=Text(source="No.")),
            ),
        ),
        model.FreeTextPart(id="p5", stem=Text(source="Loose words."), label=Text(source="J"), words_wanted=2),
    )


def test_the_other_blocks(tmp_path: Path) -> None:
    items = items_of(
        tmp_path,
        "# S\n\n::: poll\n? A\n( ) b\n:::\n\n::: task Done\nTick.\n:::\n\n::: exercise {#x}\nDo.\n\n"
        "```js starter\n1;\n```\n\n"
        "```js solution\n2;\n```\nHint: Think.\n:::\n\n::: resource Book {url=https://e.org licence=CC0}\nWhy.\n:::\n\n"
        "::: reading Page {markup=html}\n<p>x\n:::\n\n::: raw {tag=lti}\n<lti/>\n:::\n\n"
        "::: video {duration=9}\nsources: [asset:a.mp4, {url: b, label: low}]\ncaptions: {en: a.vtt}\n:::\n\n"
        ":::: pool {draw=1}\nWords.\n\n::: reading {#in}\n:::\n::::\n\n"
        "::::: variants\n:::: variant One {#arm}\nText.\n::::\n:::::\n\n"
        "::: quiz {show-answer=never attempts=2}\n? Q\n= 1\n:::\n\n::: item\n"
        '{"type": "reading", "id": "full"}\n:::\n',
    )

    assert items[1:3] == [
        model.Exercise(id="hello-s-task", title="Done", kind=ExerciseKind.MARK_DONE, text=Text(source="Tick.")),
        model.Exercise(
            id="x",
            text=Text(source="Do."),
            language="js",
            starter="1;\n",
            solution="2;\n",
            hints=(Text(source="Think."),),
        ),
    ]
    assert isinstance(items[0], model.Quiz)
    assert (items[0].scored, items[0].show_results) == (False, True)
    assert items[3:7] == [
        model.OutsideResource(
            id="hello-s-resource", title="Book", url="https://e.org", licence="CC0", text=Text(source="Why.")
        ),
        model.Reading(id="hello-s-reading", title="Page", text=Text(source="<p>x", markup=Markup.HTML)),
        model.Raw(id="hello-s-raw", tag="lti", source="<lti/>"),
        model.MoocVideo(
            id="hello-s-video",
            duration=9.0,
            sources=(model.VideoSource(url="asset:a.mp4"), model.VideoSource(url="b", label="low")),
            captions=(model.Captions(language="en", asset="a.vtt"),),
        ),
    ]
    inner = (a_reading("hello-s-reading-2", "Words."), model.Reading(id="in"))
    assert items[7] == model.Pool(id="hello-s-pool", draw=1, items=inner)
    arm = model.Variant(id="arm", name="One", items=(a_reading("hello-s-reading-3", "Text."),))
    assert items[10] == model.Variants(id="hello-s-variants", variants=(arm,))
    assert isinstance(items[12], model.Quiz)
    assert (items[12].show_answer, items[12].attempts) == (ShowAnswer.NEVER, 2)
    assert items[13] == model.Reading(id="full")


def test_an_assignment_takes_its_ids_from_its_labels(tmp_path: Path) -> None:
    (assignment,) = items_of(
        tmp_path,
        "# S\n\n::: assignment Work {#w due=2026-12-01T10:00:00Z}\nprompts: [Do it.]\ncriteria:\n"
        "  - label: Does it work?\n    comment: required\n    levels: [{label: Not yet, points: 0}]\n:::",
    )

    assert isinstance(assignment, model.Assignment)
    assert assignment.criteria == (
        model.Criterion(
            id="does-it-work",
            label="Does it work?",
            comment=Need.REQUIRED,
            levels=(model.Level(id="not-yet", label="Not yet", points=0.0),),
        ),
    )


def test_pages_announcements_and_files(tmp_path: Path) -> None:
    imported = read_folder(
        a_folder(
            tmp_path,
            pages__glossary="", **{
                "pages__01-words.md": "---\ntitle: Words\nmarkup: html\n---\n<p>W",
                "announcements__02-b.md": "B",
                "announcements__01-a.md": "---\ntitle: First\n---\nA",
                "static__x__y.txt": "hello",
                "README.md": "not a part",
                "01-week__README.md": "not a lesson",
                "course.yaml": "title: Short\nassets: {x/y.txt: text/csv}",
            },
        )
    )  # fmt: skip  # a table, read by its rows

    digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    assert imported.course.pages == (
        model.Page(id="words", title="Words", text=Text(source="<p>W", markup=Markup.HTML)),
    )
    assert imported.course.announcements == (
        model.Announcement(id="a", title="First", text=Text(source="A")),
        model.Announcement(id="b", text=Text(source="B")),
    )
    assert imported.course.assets == (model.Asset(name="x/y.txt", sha256=digest, size=5, media_type="text/csv"),)
    assert imported.files == {"x/y.txt": tmp_path / "static/x/y.txt"}


@pytest.mark.parametrize(
    ("lesson", "fault"),
    [
        ("# S\n\n::: quiz\n? Q\n", "3: The block `quiz` is not closed. End it with a line of as many colons."),
        ("::: song\n:::", "1: No block is called 'song'. Known: assignment,"),
        ("::: quiz\n( ) a\n:::", "2: No question stands before this. Begin one with a line `? …`."),
        ("::: quiz\n:::", "1: This quiz asks nothing."),
        ("::: quiz\n? Q\n:::", "2: This question has no answer."),
        ("::: quiz\n? Q\n(x) a\n= 4\n:::", "2: One question has answers of two kinds."),
        ("::: quiz\n? Q\n(x) a\n[x] b\n:::", "2: One question has round and square boxes."),
        ("::: quiz\n? Q\n(x) a\nloose\n:::", "These words belong to no question."),
        ("::: quiz\n? {colour=red}\n(x) a\n:::", "2: 'colour' says nothing here. Known: kind, partial, points,"),
        ("::: quiz\n? Q\n(x) a {b=1}\n:::", "3: 'b' says nothing here."),
        ("::: quiz\n? Q\n= 4 {credit=lots}\n:::", "3: credit is a share such as 50%, not 'lots'."),
        ("::: quiz {attempts=two}\n? Q\n= 4\n:::", "1: 'attempts' is a number, not 'two'."),
        ("::: quiz {attempts}\n? Q\n= 4\n:::", "1: 'attempts' needs a value: write attempts=…"),
        ("::: quiz {hidden=perhaps}\n? Q\n= 4\n:::", "1: 'hidden' is true or false, not 'perhaps'."),
        ("::: quiz {show-answer=soon}\n? Q\n= 4\n:::", "1: show_answer: 'soon' is not a valid ShowAnswer"),
        ("::: resource Book\n:::", "1: 'url' is missing"),
        ("::: video\nsources: [\n:::", "This is not readable:"),
        ("::: video\nsourcse: []\n:::", "1: nothing here is called 'sourcse'; did you mean 'sources'?"),
        ("::: video\n- a\n:::", "2: This is not readable: this must be lines of `name: value`."),
        ("::: video\nnotes: &a x\nposter: *a\n:::", "an alias (*) stands here; write the value out"),
        ("::: item\n{\n:::", "1: Expecting property name"),
        ("# S {minutes=long}", "1: 'minutes' is a number, not 'long'."),
        (":::: variants\nwords\n::: quiz\n:::\n::::", "1: Only closed blocks `variant` stand in `variants`."),
        ("---\ntitle: [\n---\n", "2: This is not readable:"),
        ("---\nsteps: 7\n---\n", "steps: 7 is not a list."),
        ("---\ntitle: 2026\n---\n", "title: 2026 is not a text (write it in quotes)."),
    ],
)  # fmt: skip  # a table, read by its rows
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, lesson: str, fault: str) -> None:
    (found,) = faults(tmp_path, lesson)

    assert found.startswith("01-week/01-hello.md:")
    assert fault in found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, "::: song\n:::\n\n::: quiz\n:::", **{"course.yaml": "title: X\nweeks: four\n"})

    assert [one.partition(" ")[0] for one in found] == [
        "01-week/01-hello.md:1:",
        "01-week/01-hello.md:4:",
        "course.yaml:",
    ]


def test_an_id_may_stand_only_once(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "# A {#x}\n\n# B {#x}")

    assert found == (
        "01-week/01-hello.md: Two steps have the id 'x'; the other is in 01-week/01-hello.md. "
        "Give one of them another: {#x-2} behind its title, or `id:` in its front matter."
    )


def test_blocks_may_not_nest_for_ever(tmp_path: Path) -> None:
    colons = [":" * n for n in range(20, 3, -1)]
    lines = [*(f"{one} pool {{#p{len(one)}}}" for one in colons), *reversed(colons)]

    (found,) = faults(tmp_path, "\n".join(lines))

    assert "Blocks are nested too deep here." in found


def test_bad_modules_pages_and_drafts_are_told(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        **{
            "01-week__module.yaml": "start: 7",
            "pages__p.md": "---\nhidden: 7\n---\n",
            "drafts__d.md": "---\nlesson_id: hello\nindex: 0\n---\n# A\n\n# B\n",
            "drafts__e.md": "---\nindex: 0\n---\n",
            "drafts__f.md": "---\nlesson_id: hello\nindex: 0\n---\n",
        },
    )

    assert [one.partition(" ")[0] for one in found] == [
        "01-week/module.yaml:",
        "drafts/d.md:",
        "drafts/e.md:",
        "drafts/f.md:",
        "pages/p.md:",
    ]


def test_what_only_deserves_a_look_is_reported(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path, "![x](asset:gone.png) and ![y](asset:here.txt).", **{"static__here.txt": "", "odd.txt": ""}
    )
    (folder / "odd-folder").mkdir()
    (folder / "odd-folder/x.txt").write_text("")

    report = read_folder(folder).report

    assert [str(one) for one in report.findings] == [
        "01-week/01-hello.md: There is no file static/gone.png. Add it, or mend its name.",
        "odd.txt: This is no part of a course. Move it to static/ or away.",
        "odd-folder: This is no part of a course. Move it to static/ or away.",
    ]
    assert report.lost == 0


def test_captions_may_be_a_list_too(tmp_path: Path) -> None:
    (video,) = items_of(tmp_path, "# S\n\n::: video\ncaptions: [{language: en, asset: a.vtt}]\nyoutube: abc\n:::")

    assert video == model.MoocVideo(
        id="hello-s-video", youtube="abc", captions=(model.Captions(language="en", asset="a.vtt"),)
    )


def test_very_long_and_very_deep_values_are_faults(tmp_path: Path) -> None:
    deep = f'::: item\n{{"a": {"[" * 100_000}\n:::'
    long = f"::: video\nnotes: {'x' * 500_001}\n:::"

    (one, other) = faults(tmp_path, f"{deep}\n\n{long}")

    assert "recursion" in one
    assert "this is too long" in other


def test_many_blocks_are_read_in_little_time(tmp_path: Path) -> None:
    assert len(items_of(tmp_path, "# S\n" + "::: reading\n:::\n" * 5_000)) == 5_000
