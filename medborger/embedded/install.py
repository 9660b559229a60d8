"""Bring the checkout up to its lock files: virtual environment, Python packages, node packages, assets.

Standard library only, for it runs on the machine's own Python before anything is installed:
`python3 -m medborger.embedded.install run|test`. Each part is skipped while its key, a hash of its sources, stands.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from medborger.embedded.console import Stop, plainly, run_step

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "uv" / "bin" / "uv"
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "static" / "build"
CODE = ("medborger", "centers", "actors", "bookings", "collaboration")
KEY = ".installed"
OLDEST_NODE = 20
ROOM_NEEDED = 1_500_000_000  # bytes: packages, node packages and a fresh database
ELSEWHERE = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "UV_PYTHON", "UV_PROJECT_ENVIRONMENT"}  # lead to another place
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")  # the machine's, which know a company's own proxy
TRUST = {"UV_SYSTEM_CERTS": "1", "NODE_EXTRA_CA_CERTS": str(CERTIFICATES)} if CERTIFICATES.exists() else {}
ENVIRONMENT = TRUST | {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


def main(purpose: str) -> None:
    _check_checkout()
    install_packages(dev=purpose == "test")
    install_assets()
    if purpose == "test":
        install_browser()


def _check_checkout() -> None:
    for name in ("manage.py", "requirements.lock", "package.json"):
        if not os.access(ROOT / name, os.R_OK):
            raise Stop(f"{ROOT / name} cannot be read by this user: check the permissions of the checkout.")
    if not os.access(ROOT, os.W_OK) and not PYTHON.exists():
        raise Stop(f"{ROOT} cannot be written by this user, and the packages go there: use a checkout of your own.")


def install_packages(*, dev: bool) -> None:
    """The locked packages, into a virtual environment that is made anew when the lock of uv or the Python has changed.

    The development packages include the others, so a checkout that was tested is not taken down again to be run.
    """
    base = digest([ROOT / "requirements-uv.lock"], sys.version)
    keys = {name: f"{name} {base} {digest([ROOT / name])}" for name in ("requirements.lock", "requirements-dev.lock")}
    installed = _read(VENV / KEY)
    if installed == keys["requirements-dev.lock"] or (installed == keys["requirements.lock"] and not dev):
        return
    _check_room()
    lock = "requirements-dev.lock" if dev or installed.startswith("requirements-dev.lock") else "requirements.lock"
    if base not in installed:
        _make_venv()
    packages = sum(line[:1].isalnum() for line in (ROOT / lock).read_text().splitlines())
    sync: list[str | Path] = [
        UV,
        "pip",
        "sync",
        "--python",
        PYTHON,
        "--require-hashes",
        "--no-build",
        "--compile-bytecode",
        ROOT / lock,
    ]
    (VENV / KEY).unlink(missing_ok=True)
    run_step(f"Installing {packages} Python packages", sync, env=ENVIRONMENT)
    (VENV / KEY).write_text(keys[lock])


def _make_venv() -> None:
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        raise Stop("Python's venv module is missing. On Debian: apt-get install python3-venv, then start again.")
    shutil.rmtree(VENV, ignore_errors=True)
    run_step("Making the virtual environment", [sys.executable, "-m", "venv", VENV], env=ENVIRONMENT)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    lock = ROOT / "requirements-uv.lock"
    run_step("Fetching uv, the installer", [*pip, "--target", VENV / "uv", "-r", lock], env=ENVIRONMENT)


def install_assets() -> None:
    """node_modules from package-lock.json; static/build from static/ and the pages whose classes decide what CSS stays."""
    lock_key = digest([ROOT / "package-lock.json", ROOT / ".npmrc"])
    pages = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    folders = [ROOT / "static", ROOT / "tools/frontend", ROOT / "templates"]
    sources = [
        path for folder in folders for path in folder.rglob("*") if path.is_file() and ASSETS not in path.parents
    ]
    build_key = digest([ROOT / "package.json", *sorted(sources + pages)], lock_key)
    if _read(ASSETS / KEY) == build_key:
        return
    npm, environment = _npm()
    if _read(NODE_MODULES / KEY) != lock_key:
        _check_room()
        run_step("Installing the node packages", [npm, "ci", "--ignore-scripts"], cwd=ROOT, env=environment)
        (NODE_MODULES / KEY).write_text(lock_key)
    run_step("Building the assets", [npm, "run", "build"], cwd=ROOT, env=environment)
    (ASSETS / KEY).write_text(build_key)


def _npm() -> tuple[str, dict[str, str]]:
    """npm and its environment: the machine's where its node is new enough, else the one among the Python packages."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major_version(node) >= OLDEST_NODE:
        return npm, ENVIRONMENT
    path = os.pathsep.join([str(VENV / "bin"), ENVIRONMENT.get("PATH", os.defpath)])
    return str(VENV / "bin" / "npm"), {**ENVIRONMENT, "PATH": path}


def _major_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def install_browser() -> None:
    """Chromium and gettext for the tests: by apt where we may, else a sentence that says how."""
    programs = {"chromium-headless-shell": "chromium-headless-shell", "gettext": "msgfmt"}
    missing = [package for package, program in programs.items() if not shutil.which(program)]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        command = f"sudo apt-get install {' '.join(missing)}"
        raise Stop(f"The tests need {' and '.join(missing)}. On Debian: {command}, then start again.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_step("Reading Debian's package lists", [apt, "update"], env=quiet)
    install = [apt, "install", "--yes", "--no-install-recommends", *missing]
    run_step(f"Installing {' and '.join(missing)}", install, env=quiet)


def digest(files: Iterable[Path], *more: str) -> str:
    """A key over the files' names and content and over `more`."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in files:
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()[:32]


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _check_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < ROOM_NEEDED:
        megabytes = f"{free // 10**6} MB are free, the installation needs {ROOM_NEEDED // 10**6} MB"
        raise Stop(f"The disk that holds {ROOT} is nearly full: {megabytes}.")


if __name__ == "__main__":
    with plainly():
        main(sys.argv[1])
