"""The data folder: refused in words where nothing can be kept in it."""

import os
import pwd
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stoa.run.failures import CannotStart
from stoa.run.locks import InUse, holding
from stoa.run.places import default_data, open_data, secret_in
from stoa.run.tests.folders import a_disk, as_root, data_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with data_folder() as made:
        yield made


def test_a_folder_is_made_with_its_parents_for_its_owner(folder: Path) -> None:
    made = open_data(folder / "a" / "b")

    assert made == (folder / "a" / "b").resolve()
    assert stat.S_IMODE(made.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)
    assert list(made.iterdir()) == []


def test_a_file_in_the_way_is_named(folder: Path) -> None:
    (folder / "thesis.txt").write_text("mine")

    with pytest.raises(CannotStart, match=r"can't keep its data in \S+thesis.txt: File exists(.|\n)*--data"):
        open_data(folder / "thesis.txt")

    assert (folder / "thesis.txt").read_text() == "mine"


@as_root
def test_a_folder_of_somebody_else_is_named_with_its_owner(folder: Path) -> None:
    theirs = folder / "theirs"
    theirs.mkdir(mode=0o700)

    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        with pytest.raises(CannotStart, match=r"theirs: Permission denied. It belongs to user number 0\.(.|\n)*--data"):
            open_data(theirs)
    finally:
        os.seteuid(0)


@as_root
def test_a_folder_below_one_that_nobody_else_may_enter_is_named(folder: Path) -> None:
    (folder / "theirs").mkdir(mode=0o700)

    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        with pytest.raises(CannotStart, match=r"theirs/mine: Permission denied\.(.|\n)*--data"):
            open_data(folder / "theirs" / "mine")
    finally:
        os.seteuid(0)


@as_root
def test_a_disk_that_can_only_be_read_is_named(folder: Path) -> None:
    with a_disk(folder, "ro") as disk, pytest.raises(CannotStart, match=r"Read-only file system(.|\n)*another folder"):
        open_data(disk)


@as_root
def test_a_disk_with_little_room_is_refused_before_anything_is_begun(folder: Path) -> None:
    with a_disk(folder, "size=90m") as disk:
        with pytest.raises(CannotStart, match=r"Only 90 MB are free on the disk of (.|\n)*wants 200 MB(.|\n)*--data"):
            open_data(disk)

        assert list(disk.iterdir()) == []


@as_root
def test_a_full_disk_is_refused_in_words(folder: Path) -> None:
    with a_disk(folder, "size=1m") as disk:
        (disk / "films").write_bytes(b"x" * 1024 * 1024)

        with pytest.raises(CannotStart, match=r"No space left on device|Only 0 MB are free"):
            open_data(disk)


def test_the_secret_is_made_once_and_is_the_owners(folder: Path) -> None:
    secret = secret_in(folder)

    assert len(secret) > 50
    assert secret_in(folder) == secret
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600


def test_parts_that_start_together_find_the_folder_open_and_one_secret(folder: Path) -> None:
    """Each of them starts as a service of its own, at the same moment as the others."""

    def start(_part: int) -> set[str]:
        secrets = set()
        for turn in range(100):
            data = open_data(folder / f"site-{turn}")
            secrets.add(f"{turn} {secret_in(data)}")
        return secrets

    with ThreadPoolExecutor(8) as parts:
        secrets = set.union(*parts.map(start, range(8)))

    assert len(secrets) == 100


@pytest.mark.parametrize(
    ("given", "place"), [({"STOA_DATA": "/srv/a"}, "/srv/a"), ({"XDG_DATA_HOME": "/srv/x"}, "/srv/x/stoa")]
)
def test_the_environment_chooses_the_folder(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], place: str) -> None:
    for name in ("STOA_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert default_data() == Path(place)


def test_a_folder_has_one_holder_who_is_named_to_the_next(folder: Path) -> None:
    with holding(folder, command="up", address="http://localhost:8000/") as left:
        assert not left
        with (
            pytest.raises(InUse, match=rf"`stoa up`, process {os.getpid()} at http://localhost:8000/"),
            holding(folder, command="up"),
        ):
            pass

    with holding(folder, command="up") as left:
        assert not left


def test_who_was_killed_is_known_to_the_next(folder: Path) -> None:
    if (child := os.fork()) == 0:
        with holding(folder, command="up"):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)

    with holding(folder, command="up") as left:
        assert left
