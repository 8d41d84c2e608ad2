from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from stoa.coursedoc import canonical, model
from stoa.coursedoc.model.texts import Markup
from stoa.coursedoc.tests.documents import ITEMS, PARTS, courses


@settings(max_examples=50, deadline=None)
@given(courses())
def test_a_course_reads_back_from_its_json_as_it_was(course: model.Course) -> None:
    assert canonical.from_json(canonical.to_json(course)) == course


@settings(max_examples=50, deadline=None)
@given(courses())
def test_json_read_and_written_again_is_the_same_bytes(course: model.Course) -> None:
    written = canonical.to_json(course)

    assert canonical.to_json(canonical.from_json(written)) == written


def test_defaults_are_not_written_and_keys_are_sorted() -> None:
    course = model.Course(
        id="first-steps", title="First Steps", hours_a_week=4.0, weeks=4, about=model.Text(source="Hi")
    )

    assert (
        canonical.to_json(course)
        == b'{"about":"Hi","hours_a_week":4,"id":"first-steps","title":"First Steps","weeks":4}'
    )


def test_items_and_parts_carry_their_kind() -> None:
    quiz = model.Quiz(id="q", parts=(model.TextPart(id="p"), model.NumberPart(id="n")))
    html = model.Reading(id="r", text=model.Text(source="<p>", markup=Markup.HTML))

    written = canonical.to_json(_course_of(quiz, html)).decode()

    assert '{"id":"q","parts":[{"id":"p","type":"text"},{"id":"n","type":"number"}],"type":"quiz"}' in written
    assert '{"id":"r","text":{"html":"<p>"},"type":"reading"}' in written


def test_every_kind_of_item_and_part_has_a_name() -> None:
    assert {*ITEMS, *PARTS} == set(canonical.TAGS.values())
    assert canonical.tag_of(model.MoocVideo(id="v")) == "mooc_video"


def test_a_moment_is_written_in_utc_whatever_its_zone() -> None:
    in_lima = datetime(2026, 11, 30, 9, 0, tzinfo=timezone(timedelta(hours=-5)))

    written = canonical.to_json(model.Course(id="c", title="C", start=in_lima))

    assert written == b'{"id":"c","start":"2026-11-30T14:00:00Z","title":"C"}'
    assert canonical.from_json(written).start == datetime(2026, 11, 30, 14, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    course = model.Course(id="c", title="C", start=datetime(2026, 11, 30))  # noqa: DTZ001 -- that is the fault

    with pytest.raises(canonical.NotCanonical, match="has no time zone"):
        canonical.to_json(course)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"id":"c"}',
        b'{"id":"c","title":1}',
        b'{"id":"c","title":"C","colour":"red"}',
        b'{"id":"c","title":"C","weeks":"4"}',
        b'{"id":"c","title":"C","start":"soon"}',
        b'{"id":"c","title":"C","about":{"rtf":"x"}}',
        b'{"id":"c","title":"C","scheme":{"levels":[["A"]]}}',
        (
            b'{"id":"c","title":"C","drafts":[{"lesson_id":"l","index":0,"step":{"id":"s","title":"S",'
            b'"items":[{"id":"i","type":"song"}]}}]}'
        ),
    ],
)
def test_other_json_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical, match=r"This is not a course document: ."):
        canonical.from_json(data)


def test_a_value_from_elsewhere_has_no_place_in_a_document() -> None:
    with pytest.raises(canonical.NotCanonical, match="has no place in a course document"):
        canonical.fingerprint(object())


def test_a_piece_of_a_document_reads_back_too() -> None:
    quiz, scheme = model.Quiz(id="q", attempts=2), model.ScoreScheme(passing=0.5)

    assert canonical.read(model.Quiz, canonical.written(quiz)) == quiz
    assert canonical.read(model.ScoreScheme, canonical.written(scheme)) == scheme


def test_the_hash_tells_documents_apart() -> None:
    one, other = model.Course(id="c", title="One"), model.Course(id="c", title="Other")

    assert canonical.content_hash(one) == canonical.content_hash(model.Course(id="c", title="One"))
    assert canonical.content_hash(one) != canonical.content_hash(other)
    assert canonical.fingerprint(one) != canonical.fingerprint(other)


def _course_of(*items: model.Reading | model.Quiz) -> model.Course:
    step = model.Step(id="s", title="S", items=items)
    lesson = model.Lesson(id="l", title="L", steps=(step,))
    return model.Course(id="c", title="C", modules=(model.Module(id="m", title="M", lessons=(lesson,)),))
