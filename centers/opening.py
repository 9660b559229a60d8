"""What a house says of itself now, alike in its header, on its front page and in the list of houses.

Its hours decide, unless all of it is closed: the floor above knows closures, and registers who tells of them when its app is ready.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from centers.hours import Hours, OpenNow, open_now
from medborger.common import clock

# Of these houses those that are closed altogether at the time, each with its public reason.
Closed = Callable[[Collection[int], datetime], Mapping[int, str]]
_closed: list[Closed] = []


def register(closed: Closed) -> None:
    """Ask `closed` about every house that is open by its hours; called once, when an app is ready."""
    _closed.append(closed)


def now_in(hours: Mapping[int, Hours]) -> dict[int, OpenNow]:
    """What each house says, by house. `hours` must reach seven days on; who is closed by them costs no question more."""
    now = clock.now()
    today = clock.local(now).date()
    said = {center: open_now(of_house, today, clock.minute_of_day(now, today)) for center, of_house in hours.items()}
    by_hours = [center for center, one in said.items() if one.is_open]
    for closed in _closed if by_hours else ():
        for center, reason in closed(by_hours, now).items():
            said[center] = OpenNow(False, False, _("Lukket: %(reason)s") % {"reason": reason})
    return said
