"""What a house and its rooms can be, in the report's own terms (S290-470)."""

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _


class CenterType(models.TextChoices):
    """The four types of the report; "ikke fastlåste modeller": a house may be a fusion of several (S315)."""

    HOUSING_AREA = "housing_area", _("Boligområdebaseret")
    ASSOCIATION = "association", _("Foreningsbaseret")
    LIBRARY = "library", _("Biblioteksbaseret")
    HEALTH = "health", _("Sundhedsbaseret")


class Accent(models.TextChoices):
    """The six house colours of the identity."""

    HAV = "hav", _("Hav")
    TEGL = "tegl", _("Tegl")
    SKOV = "skov", _("Skov")
    FJORD = "fjord", _("Fjord")
    BLOMME = "blomme", _("Blomme")
    RAV = "rav", _("Rav")


class RoomKind(models.TextChoices):
    HALL = "hall", _("Sal")
    MEETING = "meeting", _("Mødelokale")
    CAFE = "cafe", _("Café")
    KITCHEN = "kitchen", _("Køkken")
    WORKSHOP = "workshop", _("Værksted")
    COURSE = "course", _("Kursuslokale")
    MUSIC = "music", _("Øverum")
    OFFICE = "office", _("Kontor")
    LIBRARY = "library", _("Bibliotek")
    OUTDOOR = "outdoor", _("Udeareal")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Mandag")
    TUESDAY = 1, _("Tirsdag")
    WEDNESDAY = 2, _("Onsdag")
    THURSDAY = 3, _("Torsdag")
    FRIDAY = 4, _("Fredag")
    SATURDAY = 5, _("Lørdag")
    SUNDAY = 6, _("Søndag")

    @property
    def in_words(self) -> str:
        """In running text: mandag, Monday."""
        return str(WEEKDAYS[self])


# The first segments of the addresses that are not houses: a house named so would be out of reach (docs/security.md, check 28).
RESERVED_SLUGS = [
    "admin",
    "api",
    "demo",
    "fortryd",
    "healthz",
    "hus",
    "huse",
    "invitation",
    "katalog",
    "konto",
    "log-ind",
    "log-ud",
    "me",
    "media",
    "mig",
    "privatliv",
    "readyz",
    "robots",
    "sitemap",
    "sprog",
    "static",
    "tilgaengelighed",
    "well-known",
]
