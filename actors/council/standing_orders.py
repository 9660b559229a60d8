"""Standing orders to begin with, for three kinds of councils. The report tells who decides in its houses, not how: who has a seat is
its (S577-591, S916-924, S1486-1490); the figures are the platform's own, after what Danish associations' rules usually say, and each
council changes them by its own vote.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from actors.council.enums import Entitled, Majority, Movers, Quorum, TieRule
from actors.council.models import Orders, StandingOrders


@dataclass(frozen=True)
class Preset:
    """Standing orders to begin with; `about` says for what kind of council."""

    key: str
    label: Promise
    about: Promise
    settings: Mapping[str, Any]

    def orders(self) -> StandingOrders:
        """The settings as standing orders that are not saved."""
        return StandingOrders(**self.settings)


PRESETS = {
    preset.key: preset
    for preset in (
        Preset(
            "husraad",
            gettext_lazy("Som i Foreningernes Hus"),
            gettext_lazy("Hver forening i huset har én stemme, uanset hvor stor den er."),
            {
                "entitled": Entitled.ASSOCIATIONS,
                "quorum": Quorum.SHARE,
                "quorum_share": 50,
                "majority": Majority.SIMPLE,
                "notice_days": 7,
                "ballot_days": 7,
                "tie": TieRule.FALLS,
                "movers": Movers.HOLDERS,
            },
        ),
        Preset(
            "kvarterhusledelse",
            gettext_lazy("Som i Kvarterhuset"),
            gettext_lazy(
                "Seks valgte beboere mødes hver måned. Hver af dem har én stemme, og formanden afgør, når de er lige mange."
            ),
            {
                "entitled": Entitled.BOARD,
                "quorum": Quorum.NUMBER,
                "quorum_number": 4,
                "majority": Majority.SIMPLE,
                "notice_days": 3,
                "ballot_days": 5,
                "tie": TieRule.CHAIR,
                "movers": Movers.HOLDERS,
            },
        ),
        Preset(
            "lejerforening",
            gettext_lazy("Som i en lejerforening med bestyrelse"),
            gettext_lazy("En bestyrelse, som husets lejere har valgt. Der stemmes hemmeligt."),
            {
                "entitled": Entitled.BOARD,
                "quorum": Quorum.SHARE,
                "quorum_share": 50,
                "majority": Majority.SIMPLE,
                "secret": True,
                "notice_days": 7,
                "ballot_days": 7,
                "tie": TieRule.AGAIN,
                "movers": Movers.HOLDERS,
            },
        ),
    )
}


@dataclass(frozen=True)
class Sentence:
    """What the standing orders say on one topic, in words."""

    topic: str
    text: str


@dataclass(frozen=True)
class Change:
    """A topic before and after; empty where they say nothing."""

    topic: str
    before: str
    now: str


def sentences(orders: Orders) -> list[Sentence]:
    said = [
        Sentence(_("Pladser"), _entitled(orders)),
        Sentence(_("Hvem kan stille forslag"), _movers(orders)),
        Sentence(_("Drøftelse"), _notice(orders)),
        Sentence(_("Afstemning"), " ".join(_ballot(orders))),
        Sentence(_("Hvor mange skal stemme"), _quorum(orders)),
        Sentence(_("Flertal"), " ".join(_majority(orders))),
    ]
    if orders.majority == Majority.SIMPLE:
        said.append(Sentence(_("Stemmelighed"), _tie(orders)))
    if orders.proxies:
        said.append(Sentence(_("Fuldmagt"), _proxies(orders)))
    if orders.reviews:
        said.append(Sentence(_("Husregler"), _("En husregel kan få en dag, hvor rådet tager den op igen.")))
    return said


def changes(before: Orders, now: Orders) -> list[Change]:
    """The topics on which they differ, in order."""
    old, new = ({sentence.topic: sentence.text for sentence in sentences(orders)} for orders in (before, now))
    topics = dict.fromkeys([*old, *new])
    return [
        Change(topic, old.get(topic, ""), new.get(topic, "")) for topic in topics if old.get(topic) != new.get(topic)
    ]


def seats_word(entitled: str) -> str:
    """What those with a seat are called when they are many: foreningerne, aktørerne, pladserne."""
    match Entitled(entitled):
        case Entitled.ASSOCIATIONS:
            return _("foreningerne")
        case Entitled.CHOSEN:
            return _("aktørerne")
        case Entitled.BOARD:
            return _("pladserne")


def _entitled(orders: Orders) -> str:
    match Entitled(orders.entitled):
        case Entitled.ASSOCIATIONS:
            return _("Hver forening i huset har én plads og én stemme, uanset hvor stor den er.")
        case Entitled.CHOSEN:
            return _("De aktører, der har fået en plads, har én stemme hver.")
        case Entitled.BOARD:
            return _("Hver person, der er valgt ind, har én plads og én stemme.")


def _movers(orders: Orders) -> str:
    if orders.movers == Movers.MEMBERS and orders.entitled != Entitled.BOARD:
        return _("Alle, der er med i en aktør med en plads. Husets medarbejdere kan ikke.")
    return _("Dem, der har en plads eller er suppleant for en. Husets medarbejdere kan ikke.")


def _notice(orders: Orders) -> str:
    if not orders.notice_days:
        return _("Der kan stemmes om et forslag, så snart det er stillet.")
    text = ngettext(
        "Et forslag skal ligge til drøftelse i mindst %(days)s dag, før der stemmes.",
        "Et forslag skal ligge til drøftelse i mindst %(days)s dage, før der stemmes.",
        orders.notice_days,
    )
    return text % {"days": orders.notice_days}


def _ballot(orders: Orders) -> Iterator[str]:
    text = ngettext("Den varer %(days)s dag.", "Den varer %(days)s dage.", orders.ballot_days)
    yield text % {"days": orders.ballot_days}
    if orders.secret:
        yield _("Der stemmes hemmeligt: ingen i huset kan i systemet se, hvad du stemte.")
        if orders.shows_choices:
            yield _("Bagefter vises det, hvad hver kode stemte, så du kan finde din egen stemme.")
    elif orders.live_results:
        yield _("Stemmerne kan ses, mens afstemningen er åben.")
    else:
        yield _("Når den er lukket, kan alle se, hvad hver plads stemte. Før kan ingen.")
    if orders.turnout_shown:
        yield _("Undervejs kan alle se, hvor mange der har stemt.")


def _quorum(orders: Orders) -> str:
    words = {"seats": seats_word(orders.entitled), "share": orders.quorum_share, "number": orders.quorum_number}
    match Quorum(orders.quorum):
        case Quorum.NONE:
            return _("Der er intet krav til, hvor mange der skal stemme.")
        case Quorum.SHARE if orders.quorum_share == 100:
            return _("Alle %(seats)s skal stemme, ellers besluttes der ikke noget.") % words
        case Quorum.SHARE if orders.quorum_share == 50:
            return _("Mindst halvdelen af %(seats)s skal stemme, ellers besluttes der ikke noget.") % words
        case Quorum.SHARE:
            return _("Mindst %(share)s procent af %(seats)s skal stemme, ellers besluttes der ikke noget.") % words
        case Quorum.NUMBER:
            return _("Mindst %(number)s af %(seats)s skal stemme, ellers besluttes der ikke noget.") % words


def _majority(orders: Orders) -> Iterator[str]:
    match Majority(orders.majority):
        case Majority.SIMPLE if orders.blanks_count:
            yield _("Et forslag er vedtaget, når mere end halvdelen af de afgivne stemmer er for.")
        case Majority.SIMPLE:
            yield _("Et forslag er vedtaget, når flere stemmer for end imod.")
        case Majority.TWO_THIRDS:
            yield _("Et forslag er vedtaget, når mindst to tredjedele af de afgivne stemmer er for.")
        case Majority.ABSOLUTE:
            yield _("Et forslag er vedtaget, når mere end halvdelen af alle %(seats)s stemmer for.") % {
                "seats": seats_word(orders.entitled)
            }
            return
    yield _("Blanke stemmer tæller med.") if orders.blanks_count else _("Blanke stemmer tæller ikke med.")


def _tie(orders: Orders) -> str:
    match TieRule(orders.tie):
        case TieRule.FALLS:
            return _("Står stemmerne lige, falder forslaget.")
        case TieRule.CHAIR:
            return _("Står stemmerne lige, afgør formandens stemme.")
        case TieRule.AGAIN:
            return _("Står stemmerne lige, drøftes forslaget igen, og der stemmes om.")


def _proxies(orders: Orders) -> str:
    text = ngettext(
        "En plads kan have fuldmagt fra én anden. Stemmer den anden selv, gælder dens egen stemme.",
        "En plads kan have fuldmagt fra %(count)s andre. Stemmer de selv, gælder deres egen stemme.",
        orders.proxies,
    )
    return text % {"count": orders.proxies}
