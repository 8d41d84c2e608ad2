"""Courses of other authors come in by the command line, whole, and coming in again changes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from stoa.authoring.commands import import_course
from stoa.authoring.models import MediaFile
from stoa.catalogue.models import CourseVersion, Run
from stoa.courseware.models import PublishedStep

ROOT = Path(__file__).resolve().parents[3]
COURSES = ROOT.parent / "shared" / "data" / "courses"
NAMES = ("harvardx-studio-advanced", "math-percent-fi", "openedx-demo-course")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not COURSES.is_dir(), reason=f"no courses of others in {COURSES}"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_course_of_others_comes_in_once_and_whole(name: str, tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"

    first = brought_in(name)
    before = state(tmp_path)
    second = brought_in(name)

    assert (first["new"], second["new"]) == (True, False)
    assert state(tmp_path) == before
    assert (first["lost"], second["lost"]) == (0, 0)
    kinds = first["kinds"]
    assert isinstance(kinds, dict)
    assert sum(kind["found"] for kind in kinds.values()) == first["found"]
    for kind in kinds.values():
        assert kind["found"] <= kind["mapped"] + kind["partly"] + kind["kept"] + kind["refused"]


def brought_in(name: str) -> dict[str, object]:
    """The report of `stoa import --json`."""
    done = CliRunner().invoke(import_course, [str(COURSES / f"{name}.tar.gz"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def state(data: Path) -> tuple[object, ...]:
    """All that an import writes: rows and files."""
    return (
        list(CourseVersion.objects.values_list("pk", "content_hash")),
        list(Run.objects.values_list("pk", "version_id")),
        list(PublishedStep.objects.order_by("pk").values_list("pk", "fingerprint")),
        list(MediaFile.objects.order_by("pk").values_list("pk", "sha256")),
        sorted((str(path), path.stat().st_mtime_ns) for path in (data / "media").rglob("*") if path.is_file()),
    )
