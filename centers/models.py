"""The house: its type, rooms, facilities and hours. The physical frame of the report's figure 1."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from centers.enums import RESERVED_SLUGS, Accent, CenterType, RoomKind, Weekday
from centers.querysets import CenterQuerySet, RoomQuerySet
from medborger.common.clock import MINUTES_A_DAY

slug_shape = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Brug små bogstaver, tal og bindestreg."))


class Center(models.Model):
    """A medborgercenter. It has its own word for itself (N9) and a primary type with any number of further ones (S315)."""

    name = models.CharField(_("navn"), max_length=80)
    slug = models.CharField(_("adresse på siden"), max_length=50, unique=True, validators=[slug_shape])
    word = models.CharField(_("husets ord for sig selv"), max_length=40, default="medborgercenter")
    primary_type = models.CharField(_("hustype"), max_length=12, choices=CenterType)
    further_types = ArrayField(
        models.CharField(max_length=12, choices=CenterType), verbose_name=_("også"), default=list, blank=True
    )
    housing_area = models.CharField(_("boligområde"), max_length=80, blank=True)
    address = models.CharField(_("adresse"), max_length=120, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=4, blank=True)
    town = models.CharField(_("by"), max_length=60, blank=True)
    way_in = models.TextField(_("find vej"), max_length=500, blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    email = models.EmailField(_("mail"), blank=True)
    accent = models.CharField(_("farve"), max_length=6, choices=Accent, default=Accent.HAV)
    optional_holidays = ArrayField(
        models.CharField(max_length=40), verbose_name=_("valgte fridage"), default=list, blank=True
    )
    longest_booking = models.PositiveSmallIntegerField(_("længste booking i minutter"), default=12 * 60)
    furthest_ahead = models.PositiveSmallIntegerField(_("længst frem i måneder"), default=12)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CenterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("hus"), _("huse")
        constraints = [
            models.CheckConstraint(
                name="center_slug_is_free",
                condition=~Q(slug__in=RESERVED_SLUGS),
                violation_error_message=_("Den adresse er optaget af siden selv."),
            ),
            models.CheckConstraint(name="center_slug_has_shape", condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")),
            models.CheckConstraint(
                name="center_longest_booking", condition=Q(longest_booking__gte=15, longest_booking__lte=MINUTES_A_DAY)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("front", kwargs={"hus": self.slug})


class Facility(models.Model):
    """What a room offers: projector, stage, hearing loop … Shared by all houses."""

    slug = models.CharField(max_length=40, unique=True, validators=[slug_shape])
    name = models.CharField(_("navn"), max_length=60)
    name_en = models.CharField(_("navn på engelsk"), max_length=60)

    class Meta:
        verbose_name, verbose_name_plural = _("facilitet"), _("faciliteter")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class Room(models.Model):
    """A room of a house. A hall that can be divided has parts, one level deep; only rooms without parts (leaves) are ever held."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="rooms")
    slug = models.CharField(_("adresse på siden"), max_length=50, validators=[slug_shape])
    name = models.CharField(_("navn"), max_length=60)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("del af")
    )
    kind = models.CharField(_("slags"), max_length=10, choices=RoomKind)
    capacity = models.PositiveSmallIntegerField(_("pladser"), validators=[MinValueValidator(1)])
    floor_area = models.PositiveSmallIntegerField(_("m²"), null=True, blank=True)
    wheelchair_access = models.BooleanField(_("trinfri adgang"), default=False)
    hearing_loop = models.BooleanField(_("teleslynge"), default=False)
    facilities = models.ManyToManyField(Facility, blank=True, verbose_name=_("faciliteter"), related_name="rooms")
    bookable = models.BooleanField(_("kan bookes"), default=True)
    setup_minutes = models.PositiveSmallIntegerField(
        _("klargøring i minutter"), default=0, validators=[MaxValueValidator(240)]
    )
    cleanup_minutes = models.PositiveSmallIntegerField(
        _("oprydning i minutter"), default=0, validators=[MaxValueValidator(240)]
    )
    photo = models.ImageField(_("foto"), upload_to="rooms/", blank=True)
    position = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("lokale"), _("lokaler")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(name="room_slug_in_house", fields=["center", "slug"]),
            models.UniqueConstraint(name="room_of_house", fields=["center", "id"]),
            models.CheckConstraint(name="room_capacity_positive", condition=Q(capacity__gte=1)),
            models.CheckConstraint(
                name="room_set_up_in_quarters", condition=Q(setup_minutes__lte=240, cleanup_minutes__lte=240)
            ),
            models.CheckConstraint(name="room_not_part_of_itself", condition=~Q(part_of=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """When the house is open on a weekday, in minutes since local midnight (1440 is 24.00); several a day, staffed or self-service."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("ugedag"), choices=Weekday)
    opens = models.PositiveSmallIntegerField(_("åbner"))
    closes = models.PositiveSmallIntegerField(_("lukker"))
    staffed = models.BooleanField(_("bemandet"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("åbningstid"), _("åbningstider")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                name="opening_hours_end_after_start", condition=Q(opens__lt=F("closes"), closes__lte=MINUTES_A_DAY)
            ),
            ExclusionConstraint(
                name="opening_hours_do_not_overlap",
                expressions=[
                    ("center", "="),
                    ("weekday", "="),
                    (Func(F("opens"), F("closes"), function="int4range"), "&&"),
                ],
            ),
        ]


class SpecialDay(models.Model):
    """A date with hours of its own; without `opens` the house is closed all day. A holiday without a SpecialDay is closed."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="special_days")
    date = models.DateField(_("dato"))
    opens = models.PositiveSmallIntegerField(_("åbner"), null=True, blank=True)
    closes = models.PositiveSmallIntegerField(_("lukker"), null=True, blank=True)
    staffed = models.BooleanField(_("bemandet"), default=True)
    reason = models.CharField(_("hvorfor"), max_length=80, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("særlig dag"), _("særlige dage")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(name="special_day_once_a_date", fields=["center", "date"]),
            models.CheckConstraint(
                name="special_day_hours_whole",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes"), closes__lte=MINUTES_A_DAY),
            ),
        ]
