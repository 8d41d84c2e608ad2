from stoa.coursedoc import model, walking

READING = model.Reading(id="read")
POOL = model.Pool(id="pool", draw=1, items=(model.Quiz(id="q1"), model.Quiz(id="q2")))
VARIANTS = model.Variants(id="arms", variants=(model.Variant(id="a", items=(model.Reading(id="arm-a"),)),))
FIRST = model.Step(id="s1", title="One", items=(READING, POOL))
SECOND = model.Step(id="s2", title="Two", items=(VARIANTS,))
LESSON = model.Lesson(id="l", title="L", steps=(FIRST, SECOND))
MODULE = model.Module(id="m", title="M", lessons=(LESSON,))
COURSE = model.Course(id="c", title="C", modules=(MODULE,))


def test_steps_come_with_where_they_stand() -> None:
    assert list(walking.steps(COURSE)) == [
        walking.Place(module=MODULE, lesson=LESSON, step=FIRST),
        walking.Place(module=MODULE, lesson=LESSON, step=SECOND),
    ]
    assert list(walking.lessons(COURSE)) == [LESSON]


def test_items_descend_into_pools_and_experiments() -> None:
    assert [item.id for item in walking.items(COURSE)] == ["read", "pool", "q1", "q2", "arms", "arm-a"]
    assert [item.id for item in walking.items(FIRST)] == ["read", "pool", "q1", "q2"]


def test_one_of_them_is_found_by_its_id() -> None:
    assert walking.step(COURSE, "s2") == walking.Place(module=MODULE, lesson=LESSON, step=SECOND)
    assert walking.lesson(COURSE, "l") == LESSON
    assert walking.item(COURSE, "q2") == model.Quiz(id="q2")
    assert walking.place_of(COURSE, "arm-a") == walking.Place(module=MODULE, lesson=LESSON, step=SECOND)


def test_an_unknown_id_finds_nothing() -> None:
    assert walking.step(COURSE, "x") is None
    assert walking.lesson(COURSE, "x") is None
    assert walking.item(COURSE, "x") is None
    assert walking.place_of(COURSE, "x") is None
