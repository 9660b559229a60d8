"""Compare two texts word by word, and merge two edits of one text.

Pure functions of strings. A text is read as words, marks, spaces and line breaks; nothing is lost or tidied: the pieces of a
difference join to the very texts that were compared.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import NamedTuple

from django.core.cache import cache
from rapidfuzz.distance import Indel
from redis.exceptions import RedisError

# Punctuation is a word's neighbour, not part of it; inside a word it belongs there: 22.00, e-mail, foreningen's.
_MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—…«»‹›“”„‘’‚•·"
_LETTERS = rf"[^\s{re.escape(_MARKS)}]+"
_TOKEN = re.compile(
    rf"{_LETTERS}(?:[.,:'’@-]{_LETTERS})*"  # a word, a number, a time of day, an address
    r"|\n|[^\S\n]+"
    rf"|\*+|_+|\#+|\.+|-+|[{re.escape(_MARKS)}]"
)
_LINE_BREAK = "\n"
_SENTENCE_ENDS = (".", "!", "?", ":")

_MOST_CELLS = 400_000_000  # words × words in one comparison: 0.2 s and 50 MB; beyond it whole lines are compared
_MOST_SWALLOWED = 3  # words that two changes happen to share
_CACHE_SECONDS = 30 * 24 * 3600


class DiffKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A run of text that is in both, only in the old or only in the new."""

    kind: DiffKind
    text: str


class Span(NamedTuple):
    """A range of characters, always whole words; empty where something is put in."""

    start: int
    end: int


class Edit(NamedTuple):
    """What one range of characters of a base became."""

    start: int
    end: int
    text: str


class SameWords(Exception):
    """Two edits touch the same words of their base."""


class _Change(NamedTuple):
    """old[start:end] became new[new_start:new_end]; of tokens, and in the end of characters."""

    start: int
    end: int
    new_start: int
    new_end: int


_NOTHING = _Change(0, 0, 0, 0)


def tokens(text: str) -> list[str]:
    """The text's words, marks, spaces and line breaks; joined they are the text."""
    return _TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether a token is something to read aloud, not a space or a mark."""
    return not token.isspace() and token[0] not in _MARKS


def differences(old: str, new: str) -> list[Piece]:
    """What was removed and added, as runs that a person can read; of two changes in one place the removal comes first."""
    return _pieces(old, new, _changes(old, new))


def cached_differences(old: str, new: str) -> list[Piece]:
    """As `differences`, remembered for 30 days: the cache holds only where the changes are, never the texts."""
    return _pieces(old, new, _remembered(old, new))


def edits(base: str, text: str) -> list[Edit]:
    """What turns the base into the text: ranges of the base, in order, each with what stands there instead."""
    return [Edit(change.start, change.end, text[change.new_start : change.new_end]) for change in _changes(base, text)]


def cached_edits(base: str, text: str) -> list[Edit]:
    """As `edits`, remembered as `cached_differences` is."""
    return [
        Edit(change.start, change.end, text[change.new_start : change.new_end]) for change in _remembered(base, text)
    ]


def together(base: str, ours: Iterable[Edit], theirs: Iterable[Edit]) -> list[Edit]:
    """Both one's edits of the base, in order; what they did alike counts once. Raises SameWords."""
    both = sorted({*ours, *theirs})
    if any(_touch(base, first, second) for first, second in pairwise(both)):
        raise SameWords
    return both


def merge(base: str, ours: str, theirs: str) -> str:
    """The base with both edits. Raises SameWords when they change the same words in two ways."""
    return applied(base, together(base, edits(base, ours), edits(base, theirs)))


def applied(base: str, changes: Iterable[Edit]) -> str:
    """The base with edits in it, which come in order and keep apart."""
    run, at = [], 0
    for start, end, text in changes:
        run += [base[at:start], text]
        at = end
    return "".join([*run, base[at:]])


def _touch(base: str, first: Edit, second: Edit) -> bool:
    """Two edits in order. Words put in next to changed words touch them: what they were to mean there may be gone."""
    if first.start < first.end and second.start < second.end:
        return second.start < first.end
    between = base[first.end : second.start]
    return not between.strip() and _LINE_BREAK not in between


def _pieces(old: str, new: str, changes: Iterable[_Change]) -> list[Piece]:
    pieces, at = [], 0
    for start, end, new_start, new_end in changes:
        pieces += [
            Piece(DiffKind.SAME, old[at:start]),
            Piece(DiffKind.REMOVED, old[start:end]),
            Piece(DiffKind.ADDED, new[new_start:new_end]),
        ]
        at = end
    pieces.append(Piece(DiffKind.SAME, old[at:]))
    return [piece for piece in pieces if piece.text]


def _remembered(old: str, new: str) -> list[_Change]:
    key = f"words:1:{_digest(old)}:{_digest(new)}"
    try:
        kept = cache.get(key)
        if kept is not None:
            return [_Change(*change) for change in kept]
        found = _changes(old, new)
        cache.set(key, found, timeout=_CACHE_SECONDS)
    except RedisError:
        return _changes(old, new)
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _changes(old: str, new: str) -> list[_Change]:
    """In characters, in order, with something unchanged between any two."""
    before, after = tokens(old), tokens(new)
    found = _readable(_slid(_exact(before, after), before, after), before, after)
    old_at = [0, *accumulate(map(len, before))]
    new_at = [0, *accumulate(map(len, after))]
    return [_Change(old_at[a], old_at[b], new_at[c], new_at[d]) for a, b, c, d in found]


def _exact(before: list[str], after: list[str]) -> list[_Change]:
    """The changes between the words that stay, in tokens. Spaces follow their words: they never decide what stays."""
    old_words = [at for at, token in enumerate(before) if _stands_alone(token)]
    new_words = [at for at, token in enumerate(after) if _stands_alone(token)]
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(before[at], len(numbers)) for at in old_words]
    b = [numbers.setdefault(after[at], len(numbers)) for at in new_words]
    stay = [(old_words[i], new_words[j]) for i, j in _staying(a, b, numbers.get(_LINE_BREAK, -1))]
    found = []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *stay, (len(before), len(after))]):
        change = _trimmed(_Change(i + 1, next_i, j + 1, next_j), before, after)
        if change.start < change.end or change.new_start < change.new_end:
            found.append(change)
    return found


def _stands_alone(token: str) -> bool:
    return token == _LINE_BREAK or not token.isspace()


def _trimmed(change: _Change, before: Sequence[str] | Sequence[int], after: Sequence[str] | Sequence[int]) -> _Change:
    start, end, new_start, new_end = change
    while start < end and new_start < new_end and before[start] == after[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and before[end - 1] == after[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return _Change(start, end, new_start, new_end)


def _staying(a: list[int], b: list[int], line_break: int) -> Iterator[tuple[int, int]]:
    """Which numbers of `a` stay as which of `b`, in order."""
    start, end, new_start, new_end = _trimmed(_Change(0, len(a), 0, len(b)), a, b)
    yield from zip(range(start), range(new_start), strict=True)
    for i, j in _common_by_size(a[start:end], b[new_start:new_end], line_break):
        yield start + i, new_start + j
    yield from zip(range(end, len(a)), range(new_end, len(b)), strict=True)


def _common_by_size(a: list[int], b: list[int], line_break: int) -> Iterator[tuple[int, int]]:
    if len(a) * len(b) <= _MOST_CELLS:
        return _common(a, b)
    return _common_by_lines(a, b, line_break)


def _common(a: Sequence[int], b: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A longest common subsequence; nothing where that would cost too much."""
    if len(a) * len(b) > _MOST_CELLS:
        return
    for block in Indel.opcodes(a, b):
        if block.tag == "equal":
            yield from zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)


def _common_by_lines(a: list[int], b: list[int], line_break: int) -> Iterator[tuple[int, int]]:
    """What is common to two huge texts: whole lines first, then words in what is left between them."""
    lines, new_lines = _lines(a, line_break), _lines(b, line_break)
    numbers: dict[tuple[int, ...], int] = {}
    at, new_at = [0, *accumulate(map(len, lines))], [0, *accumulate(map(len, new_lines))]
    done = new_done = 0
    for i, j in _common(
        [numbers.setdefault(line, len(numbers)) for line in lines],
        [numbers.setdefault(line, len(numbers)) for line in new_lines],
    ):
        for p, q in _common(a[done : at[i]], b[new_done : new_at[j]]):
            yield done + p, new_done + q
        done, new_done = at[i + 1], new_at[j + 1]
        yield from zip(range(at[i], done), range(new_at[j], new_done), strict=True)


def _lines(numbers: list[int], line_break: int) -> list[tuple[int, ...]]:
    """The lines with their breaks, and last an empty one: the end, which two texts always have in common."""
    ends = [0, *(at + 1 for at, number in enumerate(numbers) if number == line_break), len(numbers), len(numbers)]
    return [tuple(numbers[start:end]) for start, end in pairwise(ends)]


def _slid(changes: list[_Change], before: list[str], after: list[str]) -> Iterator[_Change]:
    """Where words may be said to have come or gone in several places, let a line, a sentence or a word come or go whole."""
    done = 0
    limits = [change.start for change in changes[1:]] + [len(before)]
    for change, limit in zip(changes, limits, strict=False):
        moved = _at_best_place(change, before, after, up=change.start - done, down=limit - change.end)
        yield moved
        done = moved.end


def _at_best_place(change: _Change, before: list[str], after: list[str], *, up: int, down: int) -> _Change:
    start, end, new_start, new_end = change
    if start == end:
        side, first, last = after, new_start, new_end
    elif new_start == new_end:
        side, first, last = before, start, end
    else:
        return change
    least = most = 0
    while least > -up and side[first + least - 1] == side[last + least - 1]:
        least -= 1
    while most < down and side[first + most] == side[last + most]:
        most += 1
    best = max(range(least, most + 1), key=lambda by: (_beginning(side, first + by), by))
    return _Change(start + best, end + best, new_start + best, new_end + best)


def _beginning(side: list[str], at: int) -> int:
    """How well a run may begin here: at a line's beginning, a sentence's, a word's, or in the middle of things."""
    if at == 0 or side[at - 1] == _LINE_BREAK:
        return 3
    if not side[at - 1].isspace():
        return 0
    return 2 if at > 1 and side[at - 2].endswith(_SENTENCE_ENDS) else 1


def _readable(changes: Iterable[_Change], before: list[str], after: list[str]) -> list[_Change]:
    """Changes with nothing of weight between them become one; a line break always has weight."""
    words = [0, *accumulate(map(is_word, before))]
    new_words = [0, *accumulate(map(is_word, after))]

    def size(change: _Change) -> int:
        removed, added = (
            words[change.end] - words[change.start],
            new_words[change.new_end] - new_words[change.new_start],
        )
        return max(removed, added)

    joined: list[_Change] = []
    for change in changes:
        last = joined[-1] if joined else _NOTHING
        between = words[change.start] - words[last.end]
        slight = between == 0 or (between <= _MOST_SWALLOWED and 2 * between < min(size(last), size(change)))
        if joined and slight and _LINE_BREAK not in before[last.end : change.start]:
            joined[-1] = _Change(last.start, change.end, last.new_start, change.new_end)
        else:
            joined.append(change)
    return joined
