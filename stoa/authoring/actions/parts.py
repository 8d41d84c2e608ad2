"""Items as a page shows them: HTML made once, and the values that its template needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stoa.authoring.actions.media import Media, Track
from stoa.authoring.rules.media import address
from stoa.authoring.rules.places import Places
from stoa.coursedoc import rendering
from stoa.coursedoc.model import (
    Assignment,
    Criterion,
    Discussion,
    Exercise,
    Gate,
    Item,
    MoocVideo,
    OutsideResource,
    Raw,
    Reading,
    Text,
)
from stoa.coursedoc.model.items import When
from stoa.courseware.actions import CaptionsData, GateData, GateLink, HandoutData, ResourceData, SourceData, VideoData

Part = tuple[str, Mapping[str, object]]


@dataclass(frozen=True)
class Renderer:
    """Renders the items of one course."""

    places: Places
    media: Media
    quizzes: Mapping[str, str] = field(default_factory=dict)
    """Ids of the course's quizzes, with their titles."""

    def html(self, text: Text) -> str:
        """The text as safe HTML."""
        return rendering.render(text, links=self.places) if text else ""

    def part(self, item: Item) -> Part:  # noqa: PLR0911 -- one answer a kind of item
        """The HTML of the item and its values."""
        match item:
            case Reading():
                return self.html(item.text), {}
            case MoocVideo():
                return self.html(item.notes), self._video(item)
            case Exercise():
                return self.html(item.text), self._exercise(item)
            case Assignment():
                return "".join(self.html(prompt) for prompt in item.prompts), self._assignment(item)
            case Discussion():
                return self.html(item.text), {"topic": item.topic, "category": item.category}
            case OutsideResource():
                resource = ResourceData(url=item.url, credit=item.credit, licence=item.licence, embed=item.embed)
                return self.html(item.text), resource
            case Raw():
                return self.html(item.readable), {"reason": item.reason, "tag": item.tag, "format": item.format}
            case _:
                return "", {}

    def gate(self, gate: Gate | None) -> dict[str, object]:
        """What opens an item; nothing where it asks for what nobody could answer."""
        if gate is None or not gate.items or not all(one in self.quizzes for one in gate.items):
            return {}
        links = [GateLink(title=self.quizzes[one], address=self.places(f"item:{one}") or "") for one in gate.items]
        return {"gate": GateData(items=list(gate.items), right=gate.when is When.RIGHT, words=gate.words, links=links)}

    def _video(self, video: MoocVideo) -> VideoData:
        sources = [
            SourceData(url=url, media_type=source.media_type, label=source.label, size=source.size)
            for source in video.sources
            if (url := self.places(source.url))
        ]
        handouts = [HandoutData(url=url, title=link.title) for link in video.handouts if (url := self.places(link.url))]
        tracks = [
            (captions.language, track)
            for captions in video.captions
            if (track := self.media.tracks.get(captions.asset.removeprefix("asset:")))
        ]
        return VideoData(
            sources=sources,
            youtube=video.youtube,
            captions=[_captions(language, track) for language, track in tracks],
            poster=self.places(video.poster) or "",
            start=video.start,
            end=video.end,
            duration=video.duration,
            downloadable=video.downloadable,
            handouts=handouts,
        )

    def _exercise(self, exercise: Exercise) -> dict[str, object]:
        """Without tests and solution: what a page doesn't hold, nobody can read in it."""
        return {
            "exercise_kind": exercise.kind.value,
            "language": exercise.language,
            "starter": exercise.starter,
            "hints": [self.html(hint) for hint in exercise.hints],
            "points": exercise.points,
        }

    def _assignment(self, work: Assignment) -> dict[str, object]:
        return {
            "text_answer": work.text_answer.value,
            "files": {"need": work.files.need.value, "types": list(work.files.types)},
            "flow": [flow.value for flow in work.flow],
            "reviews_to_give": work.reviews_to_give,
            "reviews_to_get": work.reviews_to_get,
            "criteria": [_criterion(criterion) for criterion in work.criteria],
            "due": work.due.isoformat() if work.due else None,
            "points": work.points if work.points is not None else _best(work),
        }


def _captions(language: str, track: Track) -> CaptionsData:
    return CaptionsData(
        language=language,
        url=address(track.file.sha256, track.file.name),
        cues=[{"start": cue.start, "end": cue.end, "text": cue.text} for cue in track.cues],
    )


def _criterion(criterion: Criterion) -> dict[str, object]:
    return {
        "label": criterion.label,
        "prompt": criterion.prompt,
        "comment": criterion.comment.value,
        "levels": [
            {"label": level.label, "points": level.points, "explanation": level.explanation}
            for level in criterion.levels
        ],
    }


def _best(work: Assignment) -> float:
    return sum(max((level.points for level in criterion.levels), default=0) for criterion in work.criteria)
