"""The coordination forum of a house: how often it meets, who holds it, who is a member, and what is proposed for it (S1666-80)."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.meetings.enums import ItemKind
from actors.meetings.models import LONG_TEXT, ONE_LINE
from actors.models import Actor
from centers.enums import Weekday
from centers.models import Center, Room
from collaboration.forum.cadence import Cadence
from collaboration.forum.enums import Nth, Rhythm
from collaboration.forum.querysets import ForumMemberQuerySet, ForumQuerySet, ProposedItemQuerySet
from medborger.common import clock

DEFAULT_NAME = _("Koordinerende forum")
MOST_WEEKS, MOST_MONTHS = 12, 6


class Forum(models.Model):
    """A house has one. The cadence is data; `start` is minutes since midnight and `length` minutes.

    `holder` keeps it going (tovholder, S468-473); `holder_until` is their last day, when it is known.
    """

    center = models.OneToOneField(Center, on_delete=models.PROTECT, related_name="forum")
    name = models.CharField(_("navn"), max_length=60, validators=ONE_LINE)
    rhythm = models.CharField(_("uger eller måneder"), max_length=6, choices=Rhythm, default=Rhythm.MONTHS)
    every = models.PositiveSmallIntegerField(
        _("hvor mange imellem"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    weekday = models.PositiveSmallIntegerField(_("ugedag"), choices=Weekday, default=Weekday.THURSDAY)
    nth = models.SmallIntegerField(_("hvilken i måneden"), choices=Nth, null=True, blank=True, default=Nth.FIRST)
    counts_from = models.DateField(_("første gang fra"))
    start = models.PositiveSmallIntegerField(_("klokkeslæt"), default=9 * 60)
    length = models.PositiveSmallIntegerField(_("minutter"), default=120)
    room = models.ForeignKey(
        Room,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        verbose_name=_("lokale"),
    )
    place = models.CharField(_("sted"), max_length=120, blank=True, validators=ONE_LINE)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    holder_until = models.DateField(_("sidste dag"), null=True, blank=True)
    founded_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    # What `with_holder` and `with_state` add.
    holder_has_left = False
    last_met_at: datetime | None
    is_planned: bool
    waiting: int
    is_coordinated: bool

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("koordinerende forum"), _("koordinerende fora")
        constraints = [
            models.CheckConstraint(
                name="forum_nth_of_months",
                condition=Q(rhythm=Rhythm.MONTHS, nth__isnull=False, nth__in=Nth.values, every__lte=MOST_MONTHS)
                | Q(rhythm=Rhythm.WEEKS, nth=None, every__lte=MOST_WEEKS),
            ),
            models.CheckConstraint(name="forum_meets", condition=Q(every__gte=1, weekday__lte=6)),
            models.CheckConstraint(
                name="forum_meets_within_a_day",
                condition=Q(length__gte=15, length__lte=720, start__lte=clock.MINUTES_A_DAY - F("length")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cadence(self) -> Cadence:
        return Cadence(
            rhythm=Rhythm(self.rhythm),
            every=self.every,
            weekday=Weekday(self.weekday),
            nth=Nth(self.nth) if self.nth is not None else None,
            counts_from=self.counts_from,
            start=self.start,
        )

    @property
    def is_held(self) -> bool:
        """Somebody of the house keeps it going today; of a forum that was read `with_holder()`."""
        return (
            self.holder_id is not None
            and not self.holder_has_left
            and (self.holder_until is None or self.holder_until >= clock.today())
        )

    @property
    def where(self) -> str:
        """The room, the place, or both."""
        return ", ".join(part for part in (self.room.name if self.room else "", self.place) if part)


class ForumMember(models.Model):
    """An actor that is in the forum; its contact persons are invited."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="members")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="forum_memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = ForumMemberQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("forums aktør"), _("forums aktører")
        constraints = [
            models.UniqueConstraint(
                name="forum_member_once_at_a_time", fields=["forum", "actor"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="forum_member_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]


class ProposedItem(models.Model):
    """What somebody in the house wants the forum to take up. It waits until a meeting has reached it, it is declined with a reason, or
    it is withdrawn; whether it is on an agenda is for the agenda to say, which links to it.

    `about` is the path of the page that it is about; the same is proposed once while it waits. `proposed_for` is the actor that the
    proposer acts for.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="proposed_items")
    title = models.CharField(_("overskrift"), max_length=120, validators=ONE_LINE)
    text = models.TextField(_("tekst"), **LONG_TEXT)
    kind = models.CharField(_("slags"), max_length=11, choices=ItemKind, default=ItemKind.DISCUSSION)
    minutes_needed = models.PositiveSmallIntegerField(_("minutter"), default=15)
    owner = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("hvem lægger op")
    )
    audience = models.ManyToManyField(Actor, blank=True, related_name="+", verbose_name=_("hvem skal være der"))
    about = models.CharField(max_length=200, blank=True)
    proposed_for = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("begrundelse"), max_length=400, blank=True, validators=ONE_LINE)
    form_token = models.UUIDField(unique=True, null=True, editable=False)

    objects = ProposedItemQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("foreslået punkt"), _("foreslåede punkter")
        constraints = [
            models.UniqueConstraint(
                name="proposed_item_waits_once",
                fields=["center", "about"],
                condition=Q(reached_at=None, declined_at=None, withdrawn_at=None) & ~Q(about=""),
            ),
            models.CheckConstraint(
                name="proposed_item_takes_minutes", condition=Q(minutes_needed__gte=1, minutes_needed__lte=240)
            ),
            models.CheckConstraint(
                name="proposed_item_declined_with_a_reason",
                condition=Q(declined_at=None, reason="") | (Q(declined_at__isnull=False) & ~Q(reason="")),
            ),
        ]
        indexes = [models.Index(fields=["center", "-proposed_at"], name="proposed_item_of_house")]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """A meeting can still reach it."""
        return self.reached_at is None and self.declined_at is None and self.withdrawn_at is None

    @cached_property
    def audience_names(self) -> str:
        return ", ".join(actor.name for actor in self.audience.all())
