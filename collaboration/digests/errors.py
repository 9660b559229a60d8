"""What is refused about digests; each error names its field."""

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed


class UnknownWeekday(DomainError):
    message, field = _("Vælg en ugedag."), "weekday"


class UnknownTime(DomainError):
    message, field = _("Skriv et klokkeslæt fra 0.00 til 23.59."), "minute"


class NotOfTheHouse(NotAllowed):
    message = _("Kun de, der hører til i huset, kan få ugens overblik.")
