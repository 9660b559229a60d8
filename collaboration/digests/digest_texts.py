"""What a digest says of itself, in the language of the moment."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _, ngettext

from actors.digest_lines import DigestPart
from collaboration.digests import weeks
from collaboration.digests.frozen_content import Arranged
from collaboration.digests.weeks import Number
from medborger.common import phrases


def week_in(number: Number, house: str) -> str:
    return _("Uge %(week)s i %(house)s") % {"week": number.week, "house": house}


def kicker(number: Number) -> str:
    return _("Ugens overblik · uge %(week)s") % {"week": number.week}


def waiting(arranged: Arranged) -> str:
    """How many of ugens to there are; empty for none."""
    return ["", _("Én ting venter på dig"), _("To ting venter på dig")][len(arranged.two)]


def title(arranged: Arranged, number: Number, house: str) -> str:
    return waiting(arranged) or week_in(number, house)


def subject(arranged: Arranged, number: Number, house: str) -> str:
    week = {"week": number.week, "house": house}
    match len(arranged.two):
        case 2:
            return _("To ting venter på dig: uge %(week)s i %(house)s") % week
        case 1:
            return _("Én ting venter på dig: uge %(week)s i %(house)s") % week
        case _none:
            return _("Ugens overblik: uge %(week)s i %(house)s") % week


def lead(arranged: Arranged) -> str:
    """What the reader finds, in a sentence or two."""
    if arranged.is_empty:
        return _("Intet venter på dig, og der er ikke sket noget nyt.")
    return " ".join(_counted(arranged))


def _counted(arranged: Arranged) -> Iterator[str]:
    if news := arranged.count(DigestPart.NEWS):
        yield ngettext("%(count)s ting er ny.", "%(count)s ting er nye.", news) % {"count": news}
    if coming := arranged.count(DigestPart.COMING):
        said = ngettext("%(count)s ting sker i den kommende uge.", "%(count)s ting sker i den kommende uge.", coming)
        yield said % {"count": coming}


def skipped(mondays: Sequence[date]) -> str:
    """That weeks were left out; empty for none."""
    if not mondays:
        return ""
    numbers = [str(weeks.number(monday).week) for monday in mondays]
    said = ngettext(
        "Uge %(weeks)s blev sprunget over: overblikket kunne ikke laves i tide. Det, der skete, står her.",
        "Uge %(weeks)s blev sprunget over: overblikket kunne ikke laves i tide. Det, der skete, står her.",
        len(numbers),
    )
    return said % {"weeks": phrases.listed(numbers)}


def why(house: str, *, by_choice: bool) -> str:
    """Why the reader gets it."""
    if by_choice:
        return _("Du får brevet, fordi du selv har valgt det for %(house)s.") % {"house": house}
    return _("Du får brevet, fordi du er koordinator i %(house)s.") % {"house": house}


def more(count: int) -> str:
    return ngettext("og %(count)s mere", "og %(count)s mere", count) % {"count": count}
