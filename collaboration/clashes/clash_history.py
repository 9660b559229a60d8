"""What was done about a clash, told from its audit rows in plain words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bookings.booking_history import HistoryLine
from collaboration.clashes.clash_view import ClashView, Side
from collaboration.clashes.enums import ClashEvent
from medborger.common import audit, phrases
from medborger.common.models import Audit


def history(clash_view: ClashView, *, names: bool) -> list[HistoryLine]:
    """Oldest first, beginning with the day they were found. One statement. With `names` (for staff) those are named who acted in their
    own house; else the actor stands for its people."""
    return list(_lines(clash_view, names))


def _lines(clash_view: ClashView, names: bool) -> Iterator[HistoryLine]:
    clash = clash_view.clash
    within_house = clash.center_id == clash.first_center_id
    yield HistoryLine(phrases.moment(clash.found_at), _("Siden så, at de to er på samme tid"), "")
    sides = {side.event.pk: side for side in clash_view.sides}
    for act in audit.history(clash).select_related("person"):
        side = sides.get(act.parameters.get("side"))
        here = within_house or (side is not None and side.event.center_id == clash_view.center_id)
        who = str(act.person) if names and here and act.person else ""
        yield HistoryLine(phrases.moment(act.at), _what(act, side), who)


def _what(act: Audit, side: Side | None) -> str:
    said = {"actor": side.actor, "title": side.event.title} if side else {}
    match act.verb:
        case ClashEvent.ASKED if side:
            return _("%(actor)s spurgte, om de to skal lave det sammen") % said
        case ClashEvent.DECLINED if side:
            return _("%(actor)s svarede nej") % said
        case ClashEvent.MERGED if side:
            return _("%(actor)s svarede ja: de laver det sammen") % said
        case ClashEvent.LEFT if side:
            return _("%(actor)s lod begge stå") % said
        case ClashEvent.MOVED if side:
            return _("%(actor)s flyttede »%(title)s«") % said
        case ClashEvent.GONE if side:
            return _("%(actor)s aflyste »%(title)s«") % said
        case _:
            return str(ClashEvent(act.verb).label)
