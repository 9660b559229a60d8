"""What is said of events that meet: how each is named, to whom its actor may be named, and what came of it."""

from django.utils.translation import gettext as _

from actors.models import Actor
from bookings.models import Booking
from collaboration.clashes.enums import ClashState
from collaboration.clashes.models import Clash
from medborger.common import phrases


def actor_of(event: Booking) -> Actor:
    """Who holds it; its parties are fetched."""
    return event.holder


def who(event: Booking, *, seen_from: int) -> str:
    """The actor's name for people of the house `seen_from`: of another house it is named only where it is shown to everyone."""
    actor = actor_of(event)
    return named(event, actor.name if event.center_id == seen_from or actor.shown_publicly else "")


def named(event: Booking, name: str) -> str:
    """The name that the reader may see, or else what can be said without it."""
    return name or _("En aktør i %(house)s") % {"house": event.center.name}


def what(event: Booking, *, seen_from: int) -> str:
    """»Åbent hus« i Salen, torsdag 26. november kl. 18.00–20.00; with its house for people of another."""
    said = {"title": event.title, "place": place(event, seen_from=seen_from)}
    said["when"] = phrases.when(event.starts_at, event.ends_at)
    return _("»%(title)s« i %(place)s, %(when)s") % said


def what_and_where(event: Booking) -> str:
    """The same with its house, for readers who may belong to another."""
    return what(event, seen_from=0)


def place(event: Booking, *, seen_from: int) -> str:
    """Salen, or for people of another house: Salen, Kvarterhuset."""
    return event.room.name if event.center_id == seen_from else f"{event.room.name}, {event.center.name}"


def outcome(clash: Clash, *, seen_from: int) -> str:
    """What came of it, in a sentence."""
    side = next((event for event in clash.events if event.pk == clash.side_id), None)
    kept = next((event for event in clash.events if event.pk == clash.kept_id), None)
    first, second = (who(event, seen_from=seen_from) for event in clash.events)
    said = {"one": first, "other": second}
    if side:
        said |= {"actor": who(side, seen_from=seen_from), "title": side.title}
    match clash.state:
        case ClashState.MOVED:
            return _("%(actor)s flyttede »%(title)s«.") % said
        case ClashState.MERGED if kept:
            return _("%(one)s og %(other)s laver »%(title)s« sammen.") % (said | {"title": kept.title})
        case ClashState.LEFT:
            return _("Begge står, som de er.")
        case ClashState.GONE if side:
            return _("%(actor)s aflyste »%(title)s«.") % said
        case ClashState.GONE:
            return _("De to er ikke længere på samme tid.")
        case ClashState.ASKED:
            return _("%(actor)s har spurgt, om de skal lave det sammen.") % said
        case _:
            return _("Ingen har gjort noget endnu.")


def shared(clash: Clash) -> str:
    """Begge handler om sang og er for børn og familier."""
    if not (clash.shared_themes and clash.shared_groups):
        return ""
    said = {"about": phrases.listed_inside(clash.shared_themes), "whom": phrases.listed_inside(clash.shared_groups)}
    return _("Begge handler om %(about)s og er for %(whom)s.") % said
