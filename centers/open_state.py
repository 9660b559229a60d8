"""What a house says of itself now, alike in its header, on its front page and in the list of houses.

Its hours decide, unless all of it is closed: the app that knows closures registers who tells of them.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from centers.hours import Hours, OpenNow, open_now
from medborger.common import clock
from medborger.common.registry import Registry

# Of these houses those that are closed altogether at the time, each with its public reason.
Closed = Callable[[Collection[int], datetime], Mapping[int, str]]
closed_houses: Registry[Closed] = Registry("front")


def now_in(hours: Mapping[int, Hours]) -> dict[int, OpenNow]:
    """What each house says, by house. `hours` must reach seven days on; who is closed by them costs no question more."""
    now = clock.now()
    today = clock.local(now).date()
    said = {center: open_now(of_house, today, clock.minute_of_day(now, today)) for center, of_house in hours.items()}
    by_hours = [center for center, one in said.items() if one.is_open]
    for closed in closed_houses if by_hours else ():
        for center, reason in closed(by_hours, now).items():
            said[center] = OpenNow(False, False, _("Lukket: %(reason)s") % {"reason": reason})
    return said
