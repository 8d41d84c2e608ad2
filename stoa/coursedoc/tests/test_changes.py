from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.coursedoc import changes, model
from stoa.coursedoc.changes import Change, Changes
from stoa.coursedoc.tests.documents import courses

NOTHING = Change()


def a_course(*steps: model.Step, lesson: str = "Lesson") -> model.Course:
    lessons = (model.Lesson(id="l", title=lesson, steps=steps),)
    return model.Course(id="c", title="C", modules=(model.Module(id="m", title="M", lessons=lessons),))


def a_step(step_id: str, *items: model.Item) -> model.Step:
    return model.Step(id=step_id, title=step_id, items=items)


def a_reading(item_id: str, words: str = "") -> model.Reading:
    return model.Reading(id=item_id, text=model.Text(source=words))


@settings(max_examples=50, deadline=None)
@given(courses())
def test_a_course_has_not_changed_from_itself(course: model.Course) -> None:
    assert not changes.between(course, course)


def test_new_words_change_the_item_alone() -> None:
    old, new = a_course(a_step("s", a_reading("r", "Old"))), a_course(a_step("s", a_reading("r", "New")))

    assert changes.between(old, new) == Changes(lessons=NOTHING, steps=NOTHING, items=Change(changed=("r",)))


def test_a_new_title_changes_the_lesson_alone() -> None:
    old, new = a_course(a_step("s")), a_course(a_step("s"), lesson="Other")

    assert changes.between(old, new) == Changes(lessons=Change(changed=("l",)), steps=NOTHING, items=NOTHING)


def test_items_come_and_go() -> None:
    old, new = a_course(a_step("s", a_reading("a"))), a_course(a_step("s", a_reading("b")))

    assert changes.between(old, new).items == Change(added=("b",), removed=("a",))


def test_an_item_moved_to_another_step_is_the_same_item() -> None:
    old = a_course(a_step("s", a_reading("a")), a_step("t"))
    new = a_course(a_step("s"), a_step("t", a_reading("a")))

    assert changes.between(old, new) == Changes(lessons=NOTHING, steps=NOTHING, items=Change(moved=("a",)))


def test_one_step_put_first_is_the_only_one_that_moved() -> None:
    old = a_course(a_step("a"), a_step("b"), a_step("c"))
    new = a_course(a_step("c"), a_step("a"), a_step("b"))

    assert changes.between(old, new).steps == Change(moved=("c",))


def test_items_in_pools_and_experiments_count_by_themselves() -> None:
    def course(words: str) -> model.Course:
        pool = model.Pool(id="p", items=(a_reading("in-pool", words),))
        arms = model.Variants(id="v", variants=(model.Variant(id="a", items=(a_reading("in-arm", words),)),))
        return a_course(a_step("s", pool, arms))

    assert changes.between(course("Old"), course("New")).items == Change(changed=("in-pool", "in-arm"))


@settings(deadline=None)
@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_what_did_not_move_keeps_its_order(order: list[str]) -> None:
    old = a_course(*(a_step(one) for one in "abcde"))

    moved = changes.between(old, a_course(*(a_step(one) for one in order))).steps.moved

    assert [one for one in order if one not in moved] == sorted(set("abcde") - set(moved))


def test_a_learner_hears_of_the_finished_steps_that_say_something_new() -> None:
    old = a_course(a_step("s", a_reading("a", "Old")), a_step("t", a_reading("b")), a_step("u"))
    new = a_course(a_step("s", a_reading("a", "New")), a_step("t", a_reading("b")), replace(a_step("u"), title="U"))

    news = changes.since(
        changes.between(old, new), steps={"s": ["a"], "t": ["b"], "u": []}, finished=frozenset({"s", "t", "u"})
    )

    assert news == ("s", "u")
    assert not changes.since(changes.between(old, new), steps={"s": ["a"]}, finished=frozenset())
