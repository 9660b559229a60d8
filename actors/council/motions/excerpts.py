"""Excerpts of texts: what a rule says before and after, and which amendments change the same words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from medborger.common import text_diff

if TYPE_CHECKING:
    from actors.council.models import HouseRuleVersion
    from actors.council.motions.motion_page import Proposed


EXCERPT = 320  # characters: a text no longer than this is its own excerpt


def mark_overlaps(amendments: Sequence[Proposed], newest: str, short_now: str) -> None:
    """Set on each undecided amendment which others change the same words of the newest text."""
    met: list[tuple[Proposed, list[text_diff.Edit], str]] = []
    for amendment in amendments:
        if not amendment.is_undecided:
            continue
        try:
            text = text_diff.merge(amendment.base.text, newest, amendment.text)
        except text_diff.SameWords:
            amendment.overtaken = True
            continue
        edits = text_diff.cached_edits(newest, text)
        short = amendment.short if amendment.changes_short else short_now
        for other, others_edits, others_short in met:
            if _clash(newest, edits, others_edits) or len({short, others_short, short_now}) == 3:
                other.touches.append(amendment.number)
                amendment.touches.append(other.number)
        met.append((amendment, edits, short))


def before_and_after(old: HouseRuleVersion, text: str, short: str) -> tuple[str, str]:
    """Excerpts of the rule before and after: its one line if that changes, else the whole text if short, else around the first change."""
    if old.short and short and old.short != short:
        return old.short, short
    if max(len(old.text), len(text)) <= EXCERPT:
        return old.text, text
    first = next((edit.start for edit in text_diff.cached_edits(old.text, text)), 0)
    return _around(old.text, first), _around(text, first)


def excerpt(text: str, short: str) -> str:
    """The one line, else the whole text if it is short, else its beginning."""
    return short or (text if len(text) <= EXCERPT else _around(text, 0))


def _around(text: str, at: int) -> str:
    """The sentence in which a change stands, and as much as there is room for after it."""
    start = max(text.rfind(". ", 0, at) + 2, text.rfind("\n", 0, at) + 1) if at else 0
    start = start if at - start < EXCERPT // 2 else max(at - 40, 0)
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if start else cut


def _clash(base: str, edits: list[text_diff.Edit], others: list[text_diff.Edit]) -> bool:
    try:
        text_diff.together(base, edits, others)
    except text_diff.SameWords:
        return True
    return False
