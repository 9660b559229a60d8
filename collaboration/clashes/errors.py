"""What is refused about clashes; each error names its field."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class Settled(DomainError):
    """Something else was done about it meanwhile."""

    message = _("Der er allerede gjort noget ved det. Her er det, som det ser ud nu.")


class NotAsked(DomainError):
    message = _("Det kan I ikke spørge om nu. Her er det, som det ser ud.")


class Begun(DomainError):
    message = _("Det ene arrangement er begyndt, forbi eller aflyst.")


class ToldNo(DomainError):
    """The same question is not asked twice; the other side can ask."""

    message = _("De har svaret nej. I kan flytte jeres eget eller lade begge stå.")


class KeptElsewhere(DomainError):
    message, field = _("Vælg, hvilket arrangement der bliver."), "kept"


class OnlyThemselves(NotAllowed):
    """Accepting terms is never done on behalf (docs/security.md, "Never on behalf")."""

    message = _("Kun aktøren selv kan svare ja. Huset kan ikke gøre det for den.")


class HouseUnknown(DomainError):
    message, field = _("Vælg et hus på siden."), "neighbour"


class NeighbourAlready(DomainError):
    message, field = _("Huset står her allerede."), "neighbour"
