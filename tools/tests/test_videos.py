"""The scripts of our MOOC videos, their captions and their slides; voice and encoding need packages of their own."""

from itertools import pairwise
from pathlib import Path

import pytest
import webvtt

from tools.videos.captions import Said, captions
from tools.videos.scripts import Scene, Script, Sentence, read

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "tools/videos/first-steps-in-python").glob("*.yaml"))
VIDEOS = ROOT / "courses/first-steps-in-python/static/videos"
FONTS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
HELLO = Sentence(captions={"en": "Hello.", "es": "Hola."}, spoken="Hello.")


def sentences(script: Script) -> list[Sentence]:
    return [sentence for scene in script.scenes for sentence in scene.sentences]


def test_a_script_says_and_shows_what_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "loops.yaml").write_text(
        """
scenes:
  - title: Loops
    code: |
      while hungry:
          eat()
    labels:
      - {line: 1, words: the question}
    points: [First, Second]
    say:
      - {en: A loop asks., es: Un bucle pregunta., shown: 1}
      - {en: while, es: while, spoken: the word while}
"""
    )

    script = read(tmp_path / "loops.yaml")

    [scene] = script.scenes
    assert (script.name, scene.title, scene.code) == ("loops", "Loops", ("while hungry:", "    eat()"))
    assert scene.points == ("First", "Second")
    assert [(one.line, one.words) for one in scene.labels] == [(1, "the question")]
    assert [(one.spoken, one.shown) for one in scene.sentences] == [("A loop asks.", 1), ("the word while", None)]
    assert scene.sentences[0].captions == {"en": "A loop asks.", "es": "Un bucle pregunta."}


def test_a_scene_whose_sentences_are_no_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("scenes: [{title: Loops, say: Hello}]")

    with pytest.raises(TypeError, match="say of the scene 'Loops' is no list"):
        read(tmp_path / "a.yaml")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_our_scripts_show_no_more_than_there_is(path: Path) -> None:
    for scene in read(path).scenes:
        things = len(scene.points) + len(scene.labels)
        assert scene.sentences
        assert all(one.shown is None or one.shown <= things for one in scene.sentences)
        assert all(1 <= label.line <= len(scene.code) for label in scene.labels)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_captions_that_ship_say_what_the_script_says_in_order(path: Path, language: str) -> None:
    cues = webvtt.read(str(VIDEOS / f"{path.stem}-{language}.vtt")).captions

    assert [" ".join(cue.text.split()) for cue in cues] == [
        " ".join(one.captions[language].split()) for one in sentences(read(path))
    ]
    assert all(one.end_in_seconds <= other.start_in_seconds for one, other in pairwise(cues))


def test_captions_say_when_in_minutes_and_thousandths() -> None:
    scene = Scene(title="Hi", sentences=(HELLO,))
    said = [Said(scene=scene, sentence=HELLO, start=59.9996, end=61.25)]

    assert captions(said, "es") == "WEBVTT\n\n01:00.000 --> 01:01.250\nHola.\n"


@pytest.mark.skipif(not FONTS.exists(), reason="Debian's fonts-dejavu-core is not installed")
@pytest.mark.parametrize("path", SCRIPTS[:1], ids=lambda path: path.stem)
def test_a_slide_shows_more_as_more_is_said(path: Path) -> None:
    slides = pytest.importorskip("tools.videos.slides")
    scene = next(scene for scene in read(path).scenes if scene.points or scene.labels)

    drawn = [slides.draw(scene, shown) for shown in (0, 1, None)]

    assert {picture.size for picture in drawn} == {(1280, 720)}
    assert drawn[0].tobytes() != drawn[1].tobytes()
