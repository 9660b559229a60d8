"""Habits that no linter knows: nothing inline in templates, nothing unescaped, no clock but ours."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# `css-inline` writes styles into mails when they are sent; their template has none either.
INLINE = {
    "a style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def sources() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [
        ROOT / name
        for name in listed.split()
        if not name.startswith(("tests/", "benchmark/")) and "/migrations/" not in name
    ]


def with_pattern(files: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in files if file.exists() and pattern.search(file.read_text())]


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_inline_and_nothing_unescaped(what: str) -> None:
    """In every template of the project (docs/security.md, checks 18 and 22)."""
    assert with_pattern(TEMPLATES, INLINE[what]) == []


def test_only_the_clock_asks_for_the_time() -> None:
    """SQL's now() is the transaction's start; a clock of one's own cannot be set by tests."""
    asking = re.compile(
        r"\bdatetime\.(now|today|utcnow)\(|\btimezone\.now\(|\bdate\.today\(|\bNow\(\)|CURRENT_(TIMESTAMP|DATE)"
    )
    assert with_pattern([file for file in sources() if file.name != "clock.py"], asking) == []


def test_only_the_demo_makes_up_a_past() -> None:
    """A clock that is set and letters that are dropped would let anybody vote after closing, in silence."""
    made_up = re.compile(r"\b(as_if|unsent)\(")
    elsewhere = [file for file in sources() if file.relative_to(ROOT).parts[:2] != ("medborger", "demo")]
    assert with_pattern(elsewhere, made_up) == ["medborger/common/clock.py", "medborger/common/messaging/outbox.py"]


def test_nothing_is_unpickled_or_evaluated() -> None:
    """In no module of the site (docs/security.md, check 26)."""
    dangerous = re.compile(r"\b(pickle|marshal|shelve)\b|(?<![.\w])(eval|exec)\(")
    assert with_pattern(sources(), dangerous) == []


def test_only_the_one_click_unsubscription_takes_a_post_from_elsewhere() -> None:
    """Mail programs post there themselves (RFC 8058); its signed token is all that it obeys (docs/security.md, check 16)."""
    exempted = [
        (file.relative_to(ROOT).as_posix(), name)
        for file in sources()
        for name in re.findall(r"^@csrf_exempt.*\n(?:@.*\n)*def (\w+)\(", file.read_text(), re.MULTILINE)
    ]
    assert exempted == [("collaboration/digests/views/letter_links.py", "unsubscribe")]
    assert with_pattern(sources(), re.compile("csrf_exempt")) == ["collaboration/digests/views/letter_links.py"]


def test_the_exemptions_from_access_are_only_those_of_the_decorators() -> None:
    """`login_not_required` is applied by `@requires` and `@public` and nowhere else (docs/security.md, check 1)."""
    assert with_pattern(sources(), re.compile(r"\blogin_not_required\b")) == ["medborger/common/permissions.py"]
