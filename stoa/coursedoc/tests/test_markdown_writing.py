"""What is written is what an author would have written."""

from pathlib import Path

import pytest

from stoa.coursedoc import model
from stoa.coursedoc.formats import read_course
from stoa.coursedoc.formats.markdown import read_folder, write_folder
from stoa.coursedoc.imported import SourceRefused

LESSON = """---
id: hello
title: Hello
---

# Words {#words minutes=8}

Some words.

::: reading Page {#page hidden markup=html}
<p>x
:::

::: quiz Check {#check attempts=2 show-answer="after attempts"}
Intro.

Before: Look:

```python
a = 1
```

? Which?
More of it.

A hint of it.

( ) Wrong
    > Because.
      Twice.
    < Why not?
(x) Right {#r fixed}
    ```
    code
    ```
(25%) Half
& a r > Both.
Solution: That.

? Many {partial=each points=2}
[x] a
[ ] b

? List {dropdown}
(x) a
( ) b

? Number {unit=m}
= 22/7 +- 5%
= (1, 2]
= [3, 4)
    > Near.
= 9 {credit=50%}

? Text {case}
~ h
    > Yes.
!~ i
~ j {credit=50%}

? Free {lines=2}
___
Solution: Anything.

Hint: One.

Hint: Two.

Explanation: All.

After: Done.
:::

::: poll {#poll}
? A
( ) b
:::

::: task Done {#done}
Tick.
:::

::: exercise {#try points=2}
Do.

```js starter
1;
```

```js tests
2;
```

Hint: Think.
:::

::: assignment Work {#work points=3}
prompts:
- Do it.
overall_prompt: Be kind.
:::

::: video {#film duration=9}
sources:
- asset:a.mp4
- url: b
  label: low
captions:
  en: a.vtt
poster: asset:a.png
:::

::: resource Book {#book licence=CC0 url=https://e.org}
Why.
:::

::: raw {#raw tag=lti}
<lti/>
:::

:::: pool {#pool draw=1}
::: reading {#in}
Words.
:::
::::

:::: pool {#deep}
::: discussion {#talk topic=T}
:::
::::

::::: variants {#arms}
:::: variant One {#arm}
::: reading {#there}
Text.
:::
::::
:::::
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "in/01-week").mkdir(parents=True)
    (tmp_path / "in/course.yaml").write_text("title: Short")
    (tmp_path / "in/01-week/01-hello.md").write_text(LESSON)
    imported = read_folder(tmp_path / "in")
    write_folder(imported.course, tmp_path / "out", {})
    return tmp_path / "out"


def test_plain_notation_comes_out_as_it_went_in(written: Path) -> None:
    assert (written / "01-week/01-hello.md").read_text() == LESSON


def test_what_it_can_not_say_is_written_in_full(tmp_path: Path) -> None:
    step = model.Step(
        id="s",
        title="S",
        items=(
            model.Reading(id="s-reading", text=model.Text(source="# First\n\n# Second\n ")),
            model.Reading(id="plain", text=model.Text(source="Plain.")),
        ),
    )
    module = model.Module(id="m", title="M", lessons=(model.Lesson(id="l", title="L", steps=(step,)),))

    write_folder(model.Course(id="c", title="C", modules=(module,)), tmp_path / "out", {})

    assert (tmp_path / "out/01-m/01-l.md").read_text() == (
        "---\nid: l\ntitle: L\n---\n\n# S {#s}\n\n"
        '::: item\n{\n  "id": "s-reading",\n  "text": "# First\\n\\n# Second\\n ",\n  "type": "reading"\n}\n:::\n\n'
        "::: reading {#plain}\nPlain.\n:::\n"
    )


def test_a_folder_is_read_like_every_other_format(written: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    imported = read_course(written, work=tmp_path, progress=lambda *step: told.append(step))

    assert imported.course.title == "Short"
    with pytest.raises(SourceRefused, match="nothing at this path"):
        read_course(tmp_path / "nowhere", work=tmp_path, progress=lambda *_: None)


def test_a_page_and_a_draft_that_plain_words_can_not_say_stand_in_their_front_matter(tmp_path: Path) -> None:
    odd = model.Step(id="s\n", title="S")
    course = model.Course(
        id="c",
        title="C",
        pages=(model.Page(id="p", title="P", text=model.Text(source="\nlate")),),
        drafts=(
            model.Draft(lesson_id="l", index=0, step=odd),
            model.Draft(lesson_id="l", index=1, step=model.Step(id="t", title="T"), replaces="u"),
        ),
    )

    write_folder(course, tmp_path / "out", {})

    assert read_folder(tmp_path / "out").course == course
    assert (
        tmp_path / "out/drafts/02-t.md"
    ).read_text() == "---\nlesson_id: l\nindex: 1\nreplaces: u\n---\n\n# T {#t}\n"
