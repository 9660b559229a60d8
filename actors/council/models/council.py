"""The council itself: its seats, who holds them, and how it decides."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.council.ballots.counting import Rules
from actors.council.enums import Entitled, HolderRole, Majority, Movers, Quorum, TieRule
from actors.council.querysets import CouncilQuerySet, OrdersQuerySet, SeatHolderQuerySet, SeatQuerySet
from actors.models import Actor, User
from centers.models import Center
from medborger.common.validators import no_control_characters


class Council(models.Model):
    """A house's council, called what the house calls it: "Husråd", "Kvarterhusledelse", "Lejerforening". A house may have none."""

    center = models.OneToOneField(Center, on_delete=models.PROTECT, related_name="council")
    name = models.CharField(_("navn"), max_length=60, validators=[no_control_characters])
    created_at = models.DateTimeField()

    objects = CouncilQuerySet.as_manager()
    reviews: bool  # annotated by `with_reviews`

    class Meta:
        verbose_name, verbose_name_plural = _("råd"), _("råd")

    def __str__(self) -> str:
        return self.name


class Orders(models.Model):
    """How a council decides. The settings of its standing orders (forretningsorden), in force or proposed."""

    entitled = models.CharField(_("hvem har en plads"), max_length=12, choices=Entitled, default=Entitled.ASSOCIATIONS)
    quorum = models.CharField(_("beslutningsdygtighed"), max_length=6, choices=Quorum, default=Quorum.SHARE)
    quorum_share = models.PositiveSmallIntegerField(
        _("procent af pladserne, der skal stemme"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    quorum_number = models.PositiveSmallIntegerField(
        _("antal pladser, der skal stemme"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    majority = models.CharField(_("flertal"), max_length=10, choices=Majority, default=Majority.SIMPLE)
    blanks_count = models.BooleanField(_("blanke stemmer tæller med som afgivne"), default=False)
    secret = models.BooleanField(_("hemmelig afstemning"), default=False)
    shows_choices = models.BooleanField(_("listen over hemmelige stemmer viser, hvad hver kode stemte"), default=False)
    live_results = models.BooleanField(_("stemmerne kan ses, mens afstemningen er åben"), default=False)
    turnout_shown = models.BooleanField(
        _("det kan ses, hvor mange der har stemt, mens afstemningen er åben"), default=True
    )
    proxies = models.PositiveSmallIntegerField(
        _("fuldmagter, en plads højst kan have"), default=0, validators=[MaxValueValidator(10)]
    )
    reviews = models.BooleanField(_("en husregel kan få en dag, hvor rådet tager den op igen"), default=False)
    notice_days = models.PositiveSmallIntegerField(
        _("dage, et forslag skal ligge til drøftelse"), default=7, validators=[MaxValueValidator(90)]
    )
    ballot_days = models.PositiveSmallIntegerField(
        _("dage, en afstemning varer"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    tie = models.CharField(_("ved stemmelighed"), max_length=5, choices=TieRule, default=TieRule.FALLS)
    movers = models.CharField(_("hvem kan stille forslag"), max_length=7, choices=Movers, default=Movers.HOLDERS)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_secret_stays_secret",
                condition=Q(secret=False) | (Q(proxies=0, live_results=False) & ~Q(tie=TieRule.CHAIR)),
                violation_error_message=_(
                    "Når der stemmes hemmeligt, kan der ikke stemmes ved fuldmagt, stemmerne kan ikke ses undervejs, "
                    "og formandens stemme kan ikke afgøre."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_numbers_make_sense",
                condition=Q(
                    quorum_share__gte=1,
                    quorum_share__lte=100,
                    quorum_number__gte=1,
                    proxies__lte=10,
                    notice_days__lte=90,
                    ballot_days__gte=1,
                    ballot_days__lte=60,
                ),
            ),
        ]

    def rules(self) -> Rules:
        """The settings that counting needs."""
        return Rules(
            quorum=self.quorum,
            quorum_share=self.quorum_share,
            quorum_number=self.quorum_number,
            majority=self.majority,
            blanks_count=self.blanks_count,
            tie=self.tie,
        )

    def settings(self) -> dict[str, str | int | bool]:
        """Every setting by its name."""
        return {name: getattr(self, name) for name in SETTINGS}

    def of_ballots(self) -> dict[str, str | int | bool]:
        """The settings that a ballot's chain covers: all but `reviews`, which is about rules and newer than the first chains."""
        return {name: value for name, value in self.settings().items() if name != "reviews"}


SETTINGS = tuple(field.name for field in Orders._meta.local_fields)


class StandingOrders(Orders):
    """One version of a council's standing orders; never changed. The newest is in force, and each but the first was voted for."""

    append_only: ClassVar = True

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="orders")
    version = models.PositiveSmallIntegerField()
    motion = models.OneToOneField("council.Motion", null=True, on_delete=models.PROTECT, related_name="orders_made")
    in_force_at = models.DateTimeField()

    objects = OrdersQuerySet.as_manager()

    class Meta(Orders.Meta):
        verbose_name, verbose_name_plural = _("forretningsorden"), _("forretningsordener")
        ordering = ["-version"]
        constraints = [
            *Orders.Meta.constraints,
            models.UniqueConstraint(name="standing_orders_version_once", fields=["council", "version"]),
        ]


class Seat(models.Model):
    """One vote: an actor's, or with a name of its own one person's place in a board. It ends; it is never deleted."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    own_name = models.CharField(_("pladsens navn"), max_length=80, blank=True, validators=[no_control_characters])
    is_chair = models.BooleanField(_("formand"), default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()
    held_as: str | None  # annotated by `with_part_of`

    class Meta:
        verbose_name, verbose_name_plural = _("plads"), _("pladser")
        constraints = [
            models.CheckConstraint(
                name="seat_of_actor_or_with_name",
                condition=Q(actor__isnull=False, own_name="") | (Q(actor=None) & ~Q(own_name="")),
            ),
            models.UniqueConstraint(name="seat_once_per_actor", fields=["council", "actor"], condition=Q(until=None)),
            models.UniqueConstraint(
                name="seat_name_once", fields=["council", "own_name"], condition=Q(until=None, actor=None)
            ),
            models.UniqueConstraint(name="seat_one_chair", fields=["council"], condition=Q(is_chair=True, until=None)),
            models.UniqueConstraint(name="seat_of_council", fields=["council", "id"]),
            models.CheckConstraint(name="seat_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The actor's name, or the board seat's own. Select the actor with the seat."""
        return self.actor.name if self.actor else self.own_name


class SeatHolder(models.Model):
    """Who votes for a seat. For an actor's seat one of its own people; the name is seen by that actor's people only."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holders")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="seats_held")
    part = models.CharField(_("som"), max_length=14, choices=HolderRole)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = SeatHolderQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("repræsentant eller suppleant"), _("repræsentanter og suppleanter")
        constraints = [
            models.UniqueConstraint(
                name="seat_one_representative", fields=["seat"], condition=Q(part=HolderRole.REPRESENTATIVE, until=None)
            ),
            models.UniqueConstraint(name="seat_held_once", fields=["seat", "user"], condition=Q(until=None)),
            models.CheckConstraint(
                name="seat_holder_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]
