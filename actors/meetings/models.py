"""Meetings of the council and the coordination forum alike: an agenda of items with times and audiences, who comes, minutes."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.meetings import meeting_bodies, timetable
from actors.meetings.enums import ACTIVE_STATES, Answer, ItemKind, MeetingState
from actors.meetings.meeting_bodies import MeetingBody
from actors.meetings.querysets import ActionPointQuerySet, MeetingQuerySet, ParticipantQuerySet
from actors.models import Actor
from centers.models import Center, Room
from medborger.common import clock
from medborger.common.validators import no_control_characters, no_personal_number

ONE_LINE = [no_personal_number, no_control_characters]
TEXT_LENGTH = 20_000
LONGEST = timedelta(hours=12)
# Several paragraphs in the platform's small Markdown.
LONG_TEXT: dict[str, Any] = {"blank": True, "validators": [no_personal_number, MaxLengthValidator(TEXT_LENGTH)]}
MINUTES_OPEN_BEFORE = timedelta(minutes=15)
# How long it can be undone that an action point was closed.
UNDO_FOR = timedelta(minutes=10)


class Meeting(models.Model):
    """A meeting of one of the house's bodies. `circle` is the body's key, `body` what is registered under it."""

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="meetings")
    circle = models.CharField(max_length=20)
    title = models.CharField(_("titel"), max_length=80, validators=ONE_LINE)
    starts_at = models.DateTimeField(_("fra"))
    ends_at = models.DateTimeField(_("til"))
    room = models.ForeignKey(
        Room,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        db_constraint=False,
        verbose_name=_("lokale"),
    )
    place = models.CharField(_("sted"), max_length=120, blank=True, validators=ONE_LINE)
    state = models.CharField(max_length=9, choices=MeetingState, default=MeetingState.DRAFT)
    convened_at = models.DateTimeField(null=True, blank=True)
    slots_moved_at = models.DateTimeField(null=True, blank=True)
    minutes_approved_at = models.DateTimeField(null=True, blank=True)
    minutes_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes_sent_at = models.DateTimeField(null=True, blank=True)
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("møde"), _("møder")
        constraints = [
            models.UniqueConstraint(name="meeting_of_house", fields=["center", "id"]),
            models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_at_most_twelve_hours", condition=Q(ends_at__lte=F("starts_at") + LONGEST)
            ),
            models.CheckConstraint(
                name="meeting_standing_is_convened",
                condition=Q(convened_at__isnull=False) | ~Q(state__in=ACTIVE_STATES),
            ),
            models.CheckConstraint(
                name="meeting_approved_was_held", condition=Q(minutes_approved_at=None) | Q(state=MeetingState.HELD)
            ),
            models.CheckConstraint(
                name="meeting_sent_was_approved",
                condition=Q(minutes_sent_at=None) | Q(minutes_approved_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["center", "circle", "starts_at"], name="meeting_of_circle"),
            models.Index(fields=["slots_moved_at"], name="meeting_to_tell", condition=Q(slots_moved_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> MeetingBody:
        """Raises KeyError for a key that nobody registered."""
        return meeting_bodies.by_key(self.circle)

    @property
    def stands(self) -> bool:
        """Announced, and not cancelled."""
        return self.state in ACTIVE_STATES

    @property
    def is_coming(self) -> bool:
        """Announced, and not over."""
        return self.stands and not self.is_over

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_approved(self) -> bool:
        """The minutes can no longer be changed."""
        return self.minutes_approved_at is not None

    @property
    def takes_minutes(self) -> bool:
        """Minutes and attendance can be written: from a quarter before the start until the minutes are approved."""
        return self.stands and not self.is_approved and clock.now() >= self.starts_at - MINUTES_OPEN_BEFORE

    @property
    def takes_items(self) -> bool:
        """The agenda can be changed."""
        return self.state != MeetingState.CANCELLED and not self.is_approved

    @property
    def where(self) -> str:
        """The room, the place, or both."""
        return ", ".join(part for part in (self.room.name if self.room else "", self.place) if part)

    @cached_property
    def slots(self) -> list[timetable.TimedItem]:
        """The agenda with its times."""
        return timetable.slots(self.starts_at, self.items.all())


class AgendaItem(models.Model):
    """One item. Its audience is the actors it concerns; empty: everyone. `about` is the path of the page that it is about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("overskrift"), max_length=120, validators=ONE_LINE)
    text = models.TextField(_("tekst"), **LONG_TEXT)
    kind = models.CharField(_("slags"), max_length=11, choices=ItemKind, default=ItemKind.DISCUSSION)
    minutes_needed = models.PositiveSmallIntegerField(
        _("minutter"), default=15, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    owner = models.ForeignKey(
        Actor,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_items",
        verbose_name=_("hvem lægger op"),
    )
    audience = models.ManyToManyField(Actor, through="AgendaItemActor", related_name="agenda_items")
    about = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    minutes = models.TextField(_("referat"), **LONG_TEXT)
    decision = models.TextField(_("beslutning"), **LONG_TEXT)
    minutes_version = models.PositiveIntegerField(default=1)
    minutes_saved_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )

    class Meta:
        verbose_name, verbose_name_plural = _("punkt"), _("punkter")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="agenda_item_of_meeting", fields=["meeting", "id"]),
            models.UniqueConstraint(
                name="agenda_item_has_its_place",
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="agenda_item_takes_minutes", condition=Q(minutes_needed__gte=1, minutes_needed__lte=240)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def audience_ids(self) -> frozenset[int]:
        return frozenset(actor.pk for actor in self.audience.all())

    @property
    def is_minuted(self) -> bool:
        """The item has minutes or a decision: it was reached."""
        return bool(self.minutes or self.decision)


class AgendaItemActor(models.Model):
    """An actor that an item concerns."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="concerned")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="agenda_item_actor_once", fields=["item", "actor"])]


class Participant(models.Model):
    """Somebody who is invited, for the actors named or (none) in their own right, and then as what: formand, koordinator.

    `told` is what the person was last told of when they are needed: starts and ends in turn; None: nothing yet. Years after the
    meeting, or by erasure, the person is cut and the actors stay.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actors = models.ManyToManyField(Actor, blank=True, related_name="+")
    capacity = models.CharField(_("som"), max_length=80, blank=True)
    answer = models.CharField(_("svar"), max_length=4, choices=Answer, default=Answer.NONE)
    present = models.BooleanField(_("til stede"), default=False)
    told = ArrayField(models.DateTimeField(), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("deltager"), _("deltagere")
        constraints = [models.UniqueConstraint(name="participant_once", fields=["meeting", "user"])]

    @property
    def actor_ids(self) -> frozenset[int]:
        return frozenset(actor.pk for actor in self.actors.all())

    @property
    def needed(self) -> list[timetable.Span]:
        """When the person is needed, as the agenda is now."""
        return timetable.needed(self.meeting, self.actor_ids)

    @property
    def told_spans(self) -> list[timetable.Span]:
        """When the person was last told that they are needed."""
        told = self.told or []
        return list(zip(told[::2], told[1::2], strict=True))


class ActionPoint(models.Model):
    """What somebody will do by a day, as a meeting agreed. It has one owner: an actor, a person who answers for it to the house, or
    the house itself, which is whoever coordinates it. It never falls to volunteers by default (S728-735): where an association or a
    resident group owns it, they have said yes themselves (`agreed`).

    `reminded_on`: the day on which the owner was last reminded of the day it has now.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="action_points")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="action_points")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="action_points")
    title = models.CharField(_("opgave"), max_length=200, validators=ONE_LINE)
    owner_actor = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="action_points", verbose_name=_("aktør")
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("person"),
    )
    owner_house = models.BooleanField(_("husets"), default=False)
    agreed = models.BooleanField(_("har selv sagt ja"), default=False)
    due_on = models.DateField(_("senest"))
    reminded_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    form_token = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("opgave"), _("opgaver")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="action_point_has_one_owner",
                condition=Q(owner_actor__isnull=False, owner_user=None, owner_house=False)
                | Q(owner_actor=None, owner_user__isnull=False, owner_house=False)
                | Q(owner_actor=None, owner_user=None, owner_house=True),
            ),
            models.CheckConstraint(
                name="action_point_done_by_somebody_then", condition=Q(done_by=None) | Q(done_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["center", "due_on"], name="action_point_of_house"),
            models.Index(fields=["due_on"], name="action_point_open", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def can_reopen(self) -> bool:
        """Closed so recently that it can be undone."""
        return self.done_at is not None and self.done_at >= clock.now() - UNDO_FOR

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on < clock.today()
