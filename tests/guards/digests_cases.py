"""The matrix: the digests' addresses. Who is tied to the house reads them; staff have the house's copy of every week."""

from tests.guards.digests import of_week, signed
from tests.guards.world import Case

TIED = ("member", "contact", "stranger", "staff", "booking_admin", "coordinator", "manager", "admin")
PAGE = "<slug:hus>/overblik/"

DIGESTS: list[Case] = [
    Case(PAGE, TIED, get=302),
    Case(f"{PAGE}<int:aar>/<int:uge>/", TIED, get=(200, {404: ("member", "contact", "stranger")}), args=of_week),
    Case(f"{PAGE}valg/", TIED, get=200, post=422),
    Case(f"{PAGE}valg/nej/", TIED, post=302),
    Case(f"{PAGE}modtagere/", ("manager", "admin"), get=200),
    Case("mig/overblik/<str:token>/", get=200, post=302, args=signed("act")),
    # A mail program may post there itself: without a token in the form, and answered without a redirect.
    Case("mig/overblik/afmeld/<str:token>/", get=200, post=200, args=signed("said_no")),
]
