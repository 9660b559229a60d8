"""The kinds of motions: how each is offered, and its form's initial values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.enums import MotionKind
from actors.council.models import HouseRuleVersion, Motion, ProposedOrders, StandingOrders
from actors.council.motions.actions import OFFERED

SAYS: Mapping[MotionKind, Promise] = {
    MotionKind.NEW_RULE: gettext_lazy("Noget, der skal gælde for alle i huset fra en bestemt dag."),
    MotionKind.CHANGE_RULE: gettext_lazy("Andre ord, tider eller lokaler i en husregel, der gælder i dag."),
    MotionKind.REPEAL_RULE: gettext_lazy("En husregel, som huset ikke har brug for mere."),
    MotionKind.FURNISHING: gettext_lazy("Møbler, skabe, lys, udsmykning: hvordan huset er indrettet."),
    MotionKind.FINANCING: gettext_lazy("Penge til noget fælles, med en lille tabel over beløbene."),
    MotionKind.STANDING_ORDERS: gettext_lazy(
        "Hvordan rådet selv beslutter: varsel, flertal, hvem der kan stille forslag."
    ),
    MotionKind.OTHER: gettext_lazy("Alt andet, som rådet skal tage stilling til."),
}


@dataclass(frozen=True)
class Card:
    kind: MotionKind
    label: str
    says: str


def cards() -> Iterator[Card]:
    """The kinds to choose from, each with a plain sentence."""
    for kind in OFFERED:
        yield Card(kind, str(kind.label), str(SAYS[kind]))


def of_rule(kind: MotionKind, version: HouseRuleVersion | None) -> dict[str, Any]:
    """Initial values of a form on a rule: the rule as it is."""
    if version is None:
        return {}
    if kind == MotionKind.REPEAL_RULE:
        number, title = version.rule.number, version.title
        return {"title": (_("Ophæv husregel %(number)s: %(title)s") % {"number": number, "title": title})[:100]}
    return {
        "title": version.title,
        "text": version.text,
        "short": version.short,
        "rooms": list(version.rooms.all()),
        "from_time": version.from_minute,
        "to_time": version.to_minute,
        "weekdays": version.weekdays,
        "review_on": version.review_on,
    }


def of_draft(motion: Motion) -> dict[str, Any]:
    """Initial values of a form on a draft."""
    text = motion.texts.get(number=1)
    return {
        "title": motion.title,
        "text": text.text,
        "short": text.short,
        "meaning": motion.meaning,
        "why": motion.why,
        "rooms": list(motion.rooms.all()),
        "from_time": motion.from_minute,
        "to_time": motion.to_minute,
        "weekdays": motion.weekdays,
        "effective_on": motion.effective_on,
        "review_on": motion.review_on,
        "figures": [{"label": line.label, "kroner": line.kroner} for line in motion.figures.all()],
    }


def settings_of(motion: Motion, orders: StandingOrders) -> dict[str, Any]:
    """The standing orders that the draft proposes, else those in force."""
    proposed = ProposedOrders.objects.filter(motion=motion).first()
    return (proposed or orders).settings()
