"""Work that is alike is found, in any script; quoting the prompt is no likeness."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stoa.peer_review.rules.copies.clusters import clusters
from stoa.peer_review.rules.copies.passages import passages
from stoa.peer_review.rules.copies.shingles import Vocabulary
from stoa.peer_review.rules.copies.signatures import signatures

WORDS = [
    f"{start}{end}"
    for start in ("ba", "do", "ki", "lu", "me", "no", "pra", "sti", "tra", "zu")
    for end in ("l", "m", "nd", "r", "st", "x")
]
PROMPT = (
    "Describe how you counted the words of a poem of your choice, which library you used and why, and show the five "
    "most common words with their counts in a small table."
)


def text(seed: int, count: int = 80) -> str:
    chance = random.Random(seed)  # noqa: S311 -- a simulation, no secret
    return " ".join(chance.choices(WORDS, k=count))


def groups(texts: dict[str, str], *given_texts: str) -> list[tuple[str, ...]]:
    return [group.members for group in clusters(texts, given=given_texts)]


def test_a_copy_with_a_few_words_changed_is_found_with_what_it_shares() -> None:
    own = text(1)
    changed = own.split()
    changed[20] = "other"
    changed[50] = "different"

    found = clusters({"a": own, "b": " ".join(changed), "c": text(2)})

    assert [group.members for group in found] == [("a", "b")]
    pair = found[0].pairs[0]
    assert 0.6 < pair.likeness < 0.95
    assert [passage.words for passage in pair.passages] == [29, 29, 20]
    assert all(passage.text in own for passage in pair.passages)


def test_a_text_taken_over_into_a_longer_one_is_found() -> None:
    own = text(1)

    found = clusters({"a": own, "b": f"{text(3, 70)} {own} {text(4, 20)}"})

    assert found[0].members == ("a", "b")
    assert found[0].pairs[0].taken_over == 1.0
    assert found[0].pairs[0].likeness < 0.5


def test_texts_of_their_own_are_no_group() -> None:
    assert groups({str(seed): text(seed) for seed in range(200)}) == []


def test_quoting_the_prompt_is_no_likeness() -> None:
    texts = {"a": f"{PROMPT} {text(1, 16)}", "b": f"{text(2, 16)} {PROMPT}"}

    assert groups(texts, PROMPT) == []
    assert groups(texts) == [("a", "b")]


def test_what_nearly_everybody_writes_is_no_likeness() -> None:
    everybody = text(99, 60)

    assert groups({str(seed): f"{text(seed, 40)} {everybody}" for seed in range(40)}) == []


def test_texts_that_are_too_short_to_tell_are_left_alone() -> None:
    assert (
        groups({"a": "I count words with a Counter and print them", "b": "I count words with a Counter and print them"})
        == []
    )


def test_two_texts_of_one_author_are_no_pair() -> None:
    own = text(1)

    assert clusters({"a": own, "b": own}, authors={"a": "ada", "b": "ada"}) == ()
    assert len(clusters({"a": own, "b": own}, authors={"a": "ada", "b": "bo"})) == 1


@pytest.mark.parametrize(
    "own",
    [
        "我先把逗号去掉然后用计数器数出每个词出现的次数最后把最常见的五个词和它们的次数打印成一张小表格",
        "詩の中の言葉を数える前にコンマを取り除いてからカウンターで数えて一番多い五つの言葉を表にしました",
        (
            "حذفت الفواصل قبل العد ثم استعملت العداد لأعد كلمات القصيدة كلها وبعد ذلك طبعت أكثر خمس كلمات تكرارا في "
            "جدول صغير مع عدد مرات كل كلمة منها كما طلب منا في التمرين"
        ),
        (
            "Ich entferne zuerst alle Kommas, zähle danach die Wörter des Gedichts mit einem Zähler und zeige am Ende "
            "die fünf häufigsten Wörter mit ihrer Anzahl in einer kleinen Tabelle, weil das übersichtlich ist."
        ),
        "คำในบทกวีนี้ถูกนับหลังจากลบเครื่องหมายจุลภาคแล้วจึงแสดงห้าคำที่พบบ่อยที่สุดในตาราง",
    ],
    ids=["zh", "ja", "ar", "de", "th"],
)
def test_copies_are_found_in_every_script(own: str) -> None:
    texts = {"a": own, "b": own.upper(), "c": text(1), "d": text(2)}

    assert groups(texts) == [("a", "b")]


def test_a_chain_of_copies_is_one_group_with_the_most_alike_pair_first() -> None:
    first = text(1, 90).split()
    second = first[:80] + text(2, 10).split()
    third = second[20:] + text(3, 20).split()

    found = clusters({"a": " ".join(first), "b": " ".join(second), "c": " ".join(third)})

    assert [group.members for group in found] == [("a", "b", "c")]
    assert [(pair.one, pair.other) for pair in found[0].pairs[:2]] == [("a", "b"), ("b", "c")]


def test_a_hundred_equal_texts_are_one_group() -> None:
    own = text(1)
    rest = {f"x{seed}": text(seed) for seed in range(100, 400)}

    copies = {f"c{place:03d}": own for place in range(100)}

    assert groups(copies | rest) == [tuple(copies)]


@given(
    st.lists(st.sampled_from(WORDS), min_size=12, max_size=60), st.integers(0, 59), st.randoms(use_true_random=False)
)
@settings(max_examples=40)
def test_the_order_of_texts_changes_nothing(own: list[str], cut: int, chance: random.Random) -> None:
    texts = {"a": " ".join(own), "b": " ".join(own[: max(cut, 1)] + own), "c": text(5), "d": text(6)}
    names = list(texts)
    chance.shuffle(names)

    assert clusters({name: texts[name] for name in names}) == clusters(texts)


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    for passage in passages(one, other):
        assert passage.text in one
        assert passage.words >= 8
    clusters({"a": one, "b": other}, given=[one])


def test_signatures_agree_as_often_as_texts_share_runs() -> None:
    vocabulary = Vocabulary()
    own = text(1, 400).split()
    one, other = (vocabulary.shingles(" ".join(part)) for part in (own[:300], own[100:]))
    shared = len(np.intersect1d(one, other)) / len(np.union1d(one, other))

    signed = signatures([one, other])

    assert abs(float(np.mean(signed[0] == signed[1])) - shared) < 0.17


def test_hashes_are_the_same_in_every_process() -> None:
    assert Vocabulary().shingles("one two three four five").tolist() == [12540781119773960406]
