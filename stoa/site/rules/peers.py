"""What invented learners hand in, and what they say of one another's work. Chance comes in from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from stoa.coursedoc.model import Assignment, Criterion
from stoa.coursedoc.model.assignments import Need

TOPICS = ("weather report", "harbour timetable", "recipe of my aunt", "letter from school", "song of my village")
FRIENDS = ("my sister", "a neighbour", "somebody in the peer forum", "the transcript of week 2")
CODE = """text = open("{file}.txt").read().lower()
words = text.split()
long = 0
longest = ""
for word in words:
    word = word.strip(".,;:!?")
    if len(word) > 6:
        long = long + 1
    if len(word) > len(longest):
        longest = word
print(len(words), long, longest)
# writes: {count} {long} {longest}
"""
SHORT_CODE = """text = "{file} {file} and {longest}"
words = text.split()
print(len(words))
# writes: {count}; I did not get to the longest word
"""
PRINTED = """It writes, for my {topic}:

```text
{count} {long} {longest}
```

That is {count} words, {long} of them with more than six letters. The longest is *{longest}*."""
STORY = (
    "First I wrote the five sentences in words, as the reading says. Then I counted the words, which was easy. I was "
    "stuck at the commas: {longest}, with its comma, came out longer than it is. {friend} told me of strip(). Next "
    "time I would try it with a short text before the long one. My text is a {topic}, number {number} of those I have."
)
SHORT_STORY = "I took a {topic}. The counting worked, number {number}. I was stuck at the loop and asked {friend}."
LONGEST = ("northeasterly", "unfortunately", "neighbourhood", "thunderstorms", "understanding")
GOOD = (
    "The name `{name}` says at once what it holds; I could follow line {line} at the first reading.",
    "Line {line} is the clever part: you strip the commas before you compare, so {name} comes out right.",
    "I ran it on my own {topic} and all three figures came out right, the longest word too.",
    "You say where you were stuck, in sentence {line} of your story; I had the same trouble with {name}.",
)
NEXT = (
    "A next step could be a function for lines {line} to {further}; then you can try it on a second {topic}.",
    "In line {line} I had to guess what {name} holds; a longer name would help a stranger.",
    "What happens with an empty {topic}? A test in line {line} would tell.",
    "I did not find where line {line} handles a word with capitals; write one sentence about it.",
)
NAMES = ("longest", "words", "long", "text")
LIKED = 0.9
EARLIEST, LATEST = timedelta(minutes=40), timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What a learner hands in."""

    answers: tuple[str, ...]
    code: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a reviewer says of a work."""

    levels: Mapping[str, str]
    comments: Mapping[str, str]
    overall: str


def work_of(asked: Assignment, chance: Random, *, skill: float, number: int) -> HandedIn:
    """What a learner hands in; less skilled ones hand in less. A program stands where the assignment wants it."""
    words = {
        "topic": chance.choice(TOPICS),
        "friend": chance.choice(FRIENDS),
        "longest": chance.choice(LONGEST),
        "file": chance.choice(TOPICS).replace(" ", "_"),
        "count": chance.randint(32, 240),
        "long": chance.randint(4, 30),
        "number": number,
    }
    program = (CODE if chance.random() < skill else SHORT_CODE).format(**words)
    story = (STORY if chance.random() < skill else SHORT_STORY).format(**words)
    prompts = max(1, len(asked.prompts))
    if asked.code is not Need.NONE:
        shown = PRINTED.format(**words)
        return HandedIn(answers=tuple([shown, story][min(place, 1)] for place in range(prompts)), code=program)
    fenced = f"```python\n{program}```"
    return HandedIn(answers=tuple([fenced, story][min(place, 1)] for place in range(prompts)), code="")


def opinion_of(criteria: Sequence[Criterion], chance: Random, *, deserved: float, leaning: float) -> Opinion:
    """What a reviewer chooses and writes, given what the work deserves and which way they lean, both 0 to 1."""
    levels, comments = {}, {}
    for criterion in criteria:
        if criterion.levels:
            felt = min(max(deserved + leaning + chance.gauss(0, 0.15), 0), 1)
            levels[criterion.id] = criterion.levels[round(felt * (len(criterion.levels) - 1))].id
        comments[criterion.id] = _comment(chance, GOOD if deserved + chance.random() > LIKED else NEXT)
    return Opinion(levels=levels, comments=comments, overall=_comment(chance, NEXT))


def reads_at(handed_in: datetime, chance: Random, *, diligence: float) -> tuple[datetime, ...]:
    """When somebody sits down to read others' work: three times, once or never."""
    drawn = chance.random()
    times = 3 if drawn < diligence else 1 if drawn < diligence + 0.2 else 0
    moment, moments = handed_in, []
    for _turn in range(times):
        moment += EARLIEST + (LATEST - EARLIEST) * chance.random() ** 3 / 3
        moments.append(moment)
    return tuple(moments)


def _comment(chance: Random, phrases: Sequence[str]) -> str:
    line = chance.randint(2, 12)
    return chance.choice(phrases).format(
        line=line, further=line + 4, name=chance.choice(NAMES), topic=chance.choice(TOPICS)
    )
