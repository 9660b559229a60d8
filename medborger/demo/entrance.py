"""The demo's log-ins as the log-in page shows them: one click each."""

from itertools import groupby

from django.utils.translation import gettext as _

from actors import entrance
from actors.entrance import DemoHouse, DemoLogin
from centers.models import Center
from medborger.demo.logins import HOUSES, PASSWORD, logins


@entrance.houses.register(name="demo")
def houses() -> list[DemoHouse]:
    names = dict(Center.objects.values_list("slug", "name"))
    shown = []
    by_house = sorted(logins(), key=lambda login: (not login.house, _place(login.house)))
    for slug, found in groupby(by_house, key=lambda login: login.house):
        name = names.get(slug) or _("Hele installationen")
        shown.append(DemoHouse(name, [DemoLogin(login.address, PASSWORD, str(login.who)) for login in found]))
    return shown


def _place(slug: str) -> int:
    return HOUSES.index(slug) if slug in HOUSES else len(HOUSES)
