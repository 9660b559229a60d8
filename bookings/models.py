"""Rooms in time. An Occupancy row exists if and only if it holds the room; a booking's history is the booking and its audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, TargetGroup, Theme
from bookings.enums import (
    ACTIVE_CLOSURE_STATES,
    ACTIVE_STATES,
    OPEN_AUDIENCES,
    Audience,
    BookingRole,
    BookingState,
    ClosureState,
)
from bookings.querysets import BookingQuerySet, ClosureQuerySet, ClosureRoomQuerySet, OccupancyQuerySet, Span
from centers.models import Center, Room
from medborger.common.validators import no_control_characters, no_personal_number

if TYPE_CHECKING:
    from actors.access import Access


class Booking(models.Model):
    """One actor's use of a room on one local date. Open to residents or everyone, it *is* the event."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        related_name="bookings",
        db_constraint=False,
        db_index=False,
        verbose_name=_("lokale"),
    )
    starts_at = models.DateTimeField(_("fra"))
    ends_at = models.DateTimeField(_("til"))
    title = models.CharField(_("titel"), max_length=80, validators=[no_personal_number, no_control_characters])
    audience = models.CharField(_("hvem er velkommen"), max_length=9, choices=Audience, default=Audience.CLOSED)
    drop_in = models.BooleanField(_("man kan bare komme"), default=False)
    persons = models.PositiveSmallIntegerField(
        _("antal"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="bookings", verbose_name=_("emner"))
    target_groups = models.ManyToManyField(TargetGroup, blank=True, related_name="bookings", verbose_name=_("for hvem"))
    actors = models.ManyToManyField(Actor, through="BookingActor", related_name="bookings")
    state = models.CharField(max_length=9, choices=BookingState, default=BookingState.CONFIRMED)
    expires_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings"
    )
    by_house = models.BooleanField(_("registreret af huset"), default=False)
    outside_hours = models.BooleanField(_("uden for åbningstid"), default=False)
    hours_reason = models.CharField(
        _("grund"), max_length=200, blank=True, validators=[no_personal_number, no_control_characters]
    )
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("booking"), _("bookinger")
        constraints = [
            models.UniqueConstraint(name="booking_of_house", fields=["center", "id"]),
            models.CheckConstraint(name="booking_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="booking_requests_alone_expire",
                condition=Q(state=BookingState.REQUESTED, expires_at__isnull=False)
                | (~Q(state=BookingState.REQUESTED) & Q(expires_at=None)),
            ),
            models.CheckConstraint(
                name="booking_drop_in_is_open", condition=Q(drop_in=False) | ~Q(audience=Audience.CLOSED)
            ),
        ]
        indexes = [
            models.Index(
                fields=["center", "starts_at"],
                name="booking_open_events",
                condition=Q(state=BookingState.CONFIRMED) & ~Q(audience=Audience.CLOSED),
            ),
            models.Index(fields=["center", "starts_at", "id"], name="booking_in_house"),
            models.Index(fields=["expires_at"], name="booking_expiring", condition=Q(state=BookingState.REQUESTED)),
            models.Index(fields=["booked_by", "starts_at"], name="booking_by_person"),
            models.Index(
                fields=["booked_by"], name="booking_owes_reason", condition=Q(outside_hours=True, hours_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def holds(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def span(self) -> Span:
        return self.starts_at, self.ends_at

    @property
    def holder(self) -> Actor:
        """The actor that it is booked for; of a booking that was read `with_parties`."""
        return next(party.actor for party in self.parties.all() if party.part == BookingRole.HOLDER)

    @property
    def partners(self) -> list[Actor]:
        """The actors that it is held together with; of a booking that was read `with_parties`."""
        return [party.actor for party in self.parties.all() if party.part == BookingRole.PARTNER]

    def may_be_changed_by(self, access: Access) -> bool:
        """Whether the person may move and cancel it: one of the holder's people, or staff of the house; a partner may not."""
        return access.is_staff_in(self.center_id) or any(
            party.part == BookingRole.HOLDER and party.actor_id in access.actor_ids for party in self.parties.all()
        )

    @property
    def is_event(self) -> bool:
        """It takes place, and is open to others at a set time: neither closed nor a place to drop in at."""
        return self.state == BookingState.CONFIRMED and self.audience in OPEN_AUDIENCES and not self.drop_in


class BookingActor(models.Model):
    """An actor on a booking: the holder, or a partner that is told, may leave, and cannot move it."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="parties")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="parties")
    part = models.CharField(max_length=7, choices=BookingRole, default=BookingRole.HOLDER)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="booking_actor_once", fields=["booking", "actor"]),
            models.UniqueConstraint(
                name="booking_one_holder", fields=["booking"], condition=Q(part=BookingRole.HOLDER)
            ),
        ]


class Closure(models.Model):
    """A room or the house closed for a period; nobody passes it. One that waits for bookings is planned until the last is gone."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="closures")
    rooms = models.ManyToManyField(Room, through="ClosureRoom", related_name="closures", verbose_name=_("lokaler"))
    starts_at = models.DateTimeField(_("fra"))
    ends_at = models.DateTimeField(_("til"))
    reason = models.CharField(_("grund"), max_length=120, validators=[no_personal_number, no_control_characters])
    state = models.CharField(max_length=8, choices=ClosureState)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    created_at = models.DateTimeField()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("lukning"), _("lukninger")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(name="closure_of_house", fields=["center", "id"]),
            models.CheckConstraint(name="closure_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(
                fields=["center", "ends_at"], name="closure_standing", condition=Q(state__in=ACTIVE_CLOSURE_STATES)
            )
        ]

    def __str__(self) -> str:
        return self.reason


class ClosureRoom(models.Model):
    """A leaf room that a closure closes."""

    closure = models.ForeignKey(Closure, on_delete=models.CASCADE, related_name="closed_rooms")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")

    objects = ClosureRoomQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="closure_room_once", fields=["closure", "room"])]


class Occupancy(models.Model):
    """A leaf room held for a time, by a booking or a closure. The two exclusions are what makes double booking impossible.

    `during` is what people see; `blocked` adds set-up and clean-up (stored: an index over intervals is not immutable).
    A migration adds the composite keys (center, room), (center, booking) and (center, closure): with the house alone in the
    constraint, a row that names the wrong house would double-book.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="+", db_index=False)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, related_name="occupancies", db_constraint=False, db_index=False
    )
    booking = models.ForeignKey(
        Booking, null=True, on_delete=models.CASCADE, related_name="occupancies", db_constraint=False
    )
    closure = models.ForeignKey(
        Closure, null=True, on_delete=models.CASCADE, related_name="occupancies", db_constraint=False
    )
    during = DateTimeRangeField()
    blocked = DateTimeRangeField()
    is_closure = models.BooleanField(default=False)

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("belægning"), _("belægninger")
        constraints = [
            models.CheckConstraint(
                name="occupancy_has_one_cause",
                condition=Q(is_closure=False, booking__isnull=False, closure=None)
                | Q(is_closure=True, booking=None, closure__isnull=False),
            ),
            models.CheckConstraint(
                name="occupancy_blocks_what_it_uses",
                condition=Q(blocked__contains=F("during")) & ~Q(during__isempty=True),
            ),
            ExclusionConstraint(
                name="occupancy_one_booking_at_a_time",
                expressions=[
                    ("center", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    ("blocked", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_closure=False),
            ),
            ExclusionConstraint(
                name="occupancy_closure_or_booking",
                expressions=[
                    ("center", RangeOperators.EQUAL),
                    ("room", RangeOperators.EQUAL),
                    ("blocked", RangeOperators.OVERLAPS),
                    (Cast("is_closure", models.IntegerField()), RangeOperators.NOT_EQUAL),
                ],
            ),
        ]
        indexes = [GistIndex(name="occupancy_blocked", fields=["blocked"])]
