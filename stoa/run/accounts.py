"""The operating system's account that the database runs as."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stoa.run.failures import CannotStart

SYSTEM_ACCOUNT = "stoa"
_NO_LOGIN = "/usr/sbin/nologin"
_WITHOUT_RIGHTS = ("--system", "--user-group", "--no-create-home", "--home-dir=/nonexistent", f"--shell={_NO_LOGIN}")
_USERADD = ("/usr/sbin/useradd", "/sbin/useradd", "/usr/bin/useradd")


def quiet_environment() -> dict[str, str]:
    """What a program of PostgreSQL needs of our environment, and nothing else."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, kw_only=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """True where this process already runs as the account."""
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str | Path], *, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a short program as the account and keep its words, which are English and carry no secret."""
        return subprocess.run(  # noqa: S603 -- the callers write the commands
            [str(word) for word in command],
            check=False,
            capture_output=True,
            text=True,
            cwd=folder if self.is_me else "/",
            env=quiet_environment(),
            user=None if self.is_me else self.uid,
            group=None if self.is_me else self.gid,
            extra_groups=None if self.is_me else [],
        )


def account_for(database: Path) -> Account:
    """Who runs the database: ourselves, or, since PostgreSQL refuses root, an account without rights."""
    if os.geteuid() != 0:
        return named(os.geteuid())
    if database.exists() and (owner := database.stat().st_uid) != 0:
        return named(owner)
    return _named(SYSTEM_ACCOUNT) or _made() or _named("postgres") or _fallback()


def named(uid: int) -> Account:
    """The account of a user number; PostgreSQL refuses one that has no name."""
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        raise CannotStart(
            f"User number {uid} has no name on this machine, and PostgreSQL refuses to run for a nameless user. "
            f"Add an entry to /etc/passwd (in a container: RUN useradd --uid {uid} stoa), or set DATABASE_URL."
        ) from None
    return Account(name=found.pw_name, uid=found.pw_uid, gid=found.pw_gid)


def _named(name: str) -> Account | None:
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name=name, uid=found.pw_uid, gid=found.pw_gid)


def _made() -> Account | None:
    """A new system account that nobody can sign in to; None where this machine can't make one."""
    for program in _USERADD:
        if Path(program).exists():
            subprocess.run(  # noqa: S603 -- a fixed command
                [program, *_WITHOUT_RIGHTS, SYSTEM_ACCOUNT],
                check=False,
                capture_output=True,
            )
            return _named(SYSTEM_ACCOUNT)
    return None


def _fallback() -> Account:
    if nobody := _named("nobody"):
        return nobody
    raise CannotStart(
        "PostgreSQL refuses to run as root, and this machine has no other account for it. "
        "Start Stoa as an ordinary user, or set DATABASE_URL."
    )
