"""`{% load differences %}{% diff old new %}`: what a text becomes, with what goes struck out and what is new underlined."""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from django import template

from medborger.common.text_diff import DiffKind, Piece, cached_differences, is_word, tokens

register = template.Library()

_LONG = 60  # words that nothing has happened to: beyond this the middle of them is folded away
_SHOWN = 20  # … and these stay in sight on each side of a change


Drawn = DiffKind | Literal["folded"]
_IN_THREE: tuple[Drawn, ...] = (DiffKind.SAME, "folded", DiffKind.SAME)


class DiffPart(NamedTuple):
    """What the component draws: a piece, or the folded middle of one, between the line breaks that are not marked with it.

    `replaced`: what stands instead comes next.
    """

    kind: Drawn
    text: str
    breaks_before: str = ""
    breaks_after: str = ""
    replaced: bool = False
    words: int = 0


@register.inclusion_tag("_components/diff.html")
def diff(old: str, new: str, *, url: str = "", action: str = "") -> dict[str, object]:
    """The two texts as one, and below what the marks mean; `url` and `action` are a way on, to the whole text for example."""
    return {"parts": list(parts(old, new)), "changed": old != new, "url": url, "action": action}


def parts(old: str, new: str) -> Iterator[DiffPart]:
    """The differences as they are drawn: long unchanged runs folded, line breaks that come or go made visible."""
    pieces = cached_differences(old, new)
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.kind == DiffKind.SAME:
            yield from _folded(piece.text, before=_SHOWN if at else 0, after=_SHOWN if at < last else 0)
        else:
            replaced = piece.kind == DiffKind.REMOVED and at < last and pieces[at + 1].kind == DiffKind.ADDED
            yield _marked(piece, replaced=replaced)


def _folded(text: str, *, before: int, after: int) -> Iterator[DiffPart]:
    run = tokens(text)
    count = [0, *accumulate(map(is_word, run))]
    if count[-1] <= _LONG:
        yield DiffPart(DiffKind.SAME, text)
        return
    head = count.index(before + 1) - 1
    tail = count.index(count[-1] - after)
    for kind, (start, end) in zip(_IN_THREE, pairwise([0, head, tail, len(run)]), strict=True):
        if start < end:
            yield DiffPart(kind, "".join(run[start:end]), words=count[end] - count[start])


def _marked(piece: Piece, *, replaced: bool) -> DiffPart:
    text = piece.text.strip("\n")
    if not text.strip():
        return DiffPart(piece.kind, piece.text.replace("\n", "¶\n"), replaced=replaced)
    before, _, after = piece.text.partition(text)
    return DiffPart(piece.kind, text, before, after, replaced)
