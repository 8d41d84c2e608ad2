"""Progress as pillars."""

from hypothesis import given
from hypothesis import strategies as st

from stoa.site.rules import colonnade
from stoa.site.tests.makers import Step

STEPS = st.lists(
    st.builds(Step, minutes=st.floats(0, 600), state=st.sampled_from(sorted(colonnade.STATES)), new_week=st.booleans()),
    max_size=60,
)


def test_a_pillar_is_as_high_as_its_minutes() -> None:
    drawn = colonnade.shapes([Step(minutes=10, state="done"), Step(minutes=20, state="todo")])

    assert drawn == (
        '<rect class="done" x="0" y="28.0" width="10" height="25.0"/>'
        '<rect class="todo" x="13" y="3.0" width="10" height="50.0"/>'
        '<rect class="ground" y="54" width="23" height="2"/>'
    )


def test_a_new_week_begins_after_a_wider_gap() -> None:
    assert colonnade.width([Step(), Step(), Step(new_week=True)]) == 47


def test_where_one_is_carries_a_capital() -> None:
    assert 'class="cap"' in colonnade.shapes([Step(state="here")])


@given(STEPS)
def test_every_step_has_one_pillar(steps: list[Step]) -> None:
    drawn = colonnade.shapes(steps)

    stand = {
        rect.split('"')[3]
        for rect in drawn.split("<rect ")[1:]
        if not rect.startswith(('class="cap"', 'class="ground"'))
    }
    assert len(stand) == len(steps)


def test_a_very_long_step_is_drawn_cut_so_that_the_others_keep_their_heights() -> None:
    drawn = colonnade.shapes([Step(minutes=5, state="done")] * 2 + [Step(minutes=60, state="todo")])

    assert drawn == (
        '<rect class="done" x="0" y="40.5" width="10" height="12.5"/>'
        '<rect class="done" x="13" y="40.5" width="10" height="12.5"/>'
        '<rect class="todo" x="26" y="3" width="10" height="6"/>'
        '<rect class="todo" x="26" y="12" width="10" height="41"/>'
        '<rect class="ground" y="54" width="36" height="2"/>'
    )
