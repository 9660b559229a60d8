"""The demo's log-ins: for the log-in page of a demo, and for what `./run` prints. Nothing here touches the database."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "medborger-demo"  # noqa: S105 - known to everybody: it opens a demo only
ADMIN = "admin@medborger.example"
PHONE = "+4520000001"  # a member without a mail address; the numbers of the demo reach nobody
HOUSES = ("kvarterhuset", "foreningernes-hus", "hedemarken", "sundhedshuset")
ROLES: dict[str, Promise] = {
    "medlem": _("Medlem af en forening"),
    "raad": _("Repræsentant i rådet"),
    "suppleant": _("Suppleant i rådet"),
    "medarbejder": _("Medarbejder ved skranken"),
    "bookingansvarlig": _("Bookingansvarlig"),
    "koordinator": _("Koordinator"),
    "leder": _("Leder af huset"),
}
# In the health house the coordinating function has ended, and is missed (S1666-80).
OTHERWISE: dict[tuple[str, str], Promise] = {
    ("sundhedshuset", "koordinator"): _("Koordinator, til opgaven ophørte. Nu ved skranken"),
}


@dataclass(frozen=True)
class Login:
    """`address` is what is typed at log-in, `who` what the person is; `house` is a slug, empty for the whole installation."""

    address: str
    who: str | Promise
    house: str = ""


def address(role: str, house: str) -> str:
    return f"{role}@{house}.example"


def logins() -> list[Login]:
    """Every log-in that the demo offers, house by house; all with PASSWORD."""
    in_houses = [
        Login(address(role, house), OTHERWISE.get((house, role), who), house)
        for house in HOUSES
        for role, who in ROLES.items()
    ]
    phone_only = Login(PHONE, _("Medlem, der kun har en telefon"), "foreningernes-hus")
    return [*in_houses, phone_only, Login(ADMIN, _("Driver hele installationen"))]
