"""Where the embedded data lies, and whose it is.

An ordinary user owns everything, and no folder can be entered by others. Root keeps the home itself, the locks, the
process records and the logs, and hands the rest to the unprivileged user that the services run under: root never writes
in a folder which that user could have prepared.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from medborger.embedded.console import Stop, say

CHECKOUT = Path(__file__).resolve().parents[2]
SYSTEM_HOME = Path("/var/lib/medborger")
LONGEST_SOCKET = 107  # bytes; the kernel's limit on a socket's path
LEAST_ROOM = 100_000_000  # bytes
SECRETS = ("secret_key", "database", "database_owner", "valkey")


@dataclass(frozen=True)
class Account:
    """The user that a process runs under."""

    uid: int
    gid: int
    name: str

    @property
    def drop(self) -> dict[str, Any]:
        """What `subprocess` needs to become this user; nothing when we already are."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command: str | Path, folder: Path = Path("/")) -> bool:
        """Whether the command succeeds as this user."""
        try:
            return subprocess.run(command, cwd=folder, capture_output=True, check=False, **self.drop).returncode == 0
        except OSError:
            return False


def account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise Stop(f"PostgreSQL needs a user with a name, and id {uid} has none: start as another user.") from error
    return Account(uid, entry.pw_gid, entry.pw_name)


def _services_of_root(data: Path) -> Account:
    """Who runs the services when root starts them: the owner of the data, of the checkout, `medborger`, `nobody`."""
    entries = pwd.getpwall()
    known = {entry.pw_uid for entry in entries} - {0}
    owners = [path.stat().st_uid for path in (data, CHECKOUT) if path.exists()]
    named = [entry.pw_uid for name in ("medborger", "nobody") for entry in entries if entry.pw_name == name]
    for uid in [*owners, *named]:
        if uid in known:
            return account_of(uid)
    raise Stop(
        "PostgreSQL does not run as root, and no other user is there: useradd --system medborger, then start again."
    )


@dataclass(frozen=True)
class Home:
    """The folder of one installation, its services' user, and the names of all that lies in it."""

    path: Path
    services: Account  # PostgreSQL and Valkey: never root

    @classmethod
    def open(cls, chosen: str = "") -> "Home":
        """The home at `chosen`, else `var/` in the checkout, with every folder in it made, owned and closed."""
        path = Path(chosen).resolve() if chosen else CHECKOUT / "var"
        if os.geteuid():
            home = cls(path, account_of(os.geteuid()))
        else:
            services = _services_of_root(path / "postgres")
            if not _reaches(services, path.parent):
                if chosen:
                    raise Stop(
                        f"{services.name}, who runs the database, cannot reach {path}: choose another MEDBORGER_HOME."
                    )
                path = SYSTEM_HOME / hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]
            home = cls(path, services)
        home._prepare()
        return home

    def _prepare(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        starter = Account(os.geteuid(), self.services.gid, "")
        self._own(self.path, starter, 0o710 if self.services.drop else 0o700)
        free = shutil.disk_usage(self.path).free
        if free < LEAST_ROOM:
            raise Stop(f"The disk is full: {self.path} has {free // 10**6} MB left and needs {LEAST_ROOM // 10**6} MB.")
        for folder in (self.run, self.logs):
            self._own(folder, starter)
        self._fill_secrets()
        for folder in (self.valkey, self.state, self.static, self.media, self.sockets):
            self._own(folder, self.services)

    def _own(self, folder: Path, owner: Account, mode: int = 0o700) -> None:
        """The folder exists, belongs to `owner` and has `mode`. Raises Stop for a link, or a folder of a stranger's."""
        folder.mkdir(mode=mode, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {os.geteuid(), self.services.uid}:
            raise Stop(f"{folder} belongs to another user: start as that user, or choose another MEDBORGER_HOME.")
        if (status.st_uid, status.st_gid) != (owner.uid, owner.gid) and not os.geteuid():
            os.chown(folder, owner.uid, owner.gid)
        if stat.S_IMODE(status.st_mode) != mode:
            folder.chmod(mode)

    def _fill_secrets(self) -> None:
        """Random secrets, written once, before the folder is handed to its owner."""
        if self.secrets.exists():
            return
        unfinished = self.run / "secrets.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        for name in SECRETS:
            file = unfinished / name
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(48))
            os.chown(file, self.services.uid, self.services.gid)
        os.chown(unfinished, self.services.uid, self.services.gid)
        unfinished.rename(self.secrets)

    @cached_property
    def site(self) -> Account:
        """The user of web, worker and beat: the services' where it can read Python and the checkout, else ours."""
        if not self.services.drop:
            return self.services
        if self.services.can(sys.executable, "-c", "import django, medborger.env", folder=CHECKOUT):
            return self.services
        say(f"Web, worker and beat run as root: {self.services.name} cannot read {sys.executable} or {CHECKOUT}.")
        return Account(0, 0, "root")

    @cached_property
    def sockets(self) -> Path:
        """The folder of the sockets: in the home, or a private one elsewhere where the path would be too long."""
        name = f"medborger-{self.services.uid}-{hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]}"
        runtime = "" if self.services.drop else os.environ.get("XDG_RUNTIME_DIR", "")
        for folder in (self.path / "sockets", Path(runtime or tempfile.gettempdir()) / name):
            if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
                return folder
        raise Stop(f"The path of TMPDIR, {tempfile.gettempdir()}, is too long for a socket: choose a shorter one.")

    @property
    def run(self) -> Path:
        """Locks and process records."""
        return self.path / "run"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def programs(self) -> Path:
        """Copies of the servers, where the services' user may not be able to read ours."""
        return self.path / "programs"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def valkey(self) -> Path:
        return self.path / "valkey"

    @property
    def state(self) -> Path:
        """What beat remembers."""
        return self.path / "state"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def media(self) -> Path:
        return self.path / "media"

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text()


def _reaches(account: Account, folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return account.can("/usr/bin/test", "-x", folder)
