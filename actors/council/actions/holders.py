"""Who votes for a seat. An actor names its own people, the house's manager those of a board; nobody names for somebody else.

Handing over the chair is naming another representative in one's own place.
"""

from __future__ import annotations

from django.db import transaction

from actors.council import emails, errors
from actors.council.bench import Bench
from actors.council.enums import Part, Verb
from actors.council.models import Entitlement, Seat, SeatHolder
from actors.models import Membership, User
from actors.standing import Standing
from medborger.common import audit, clock, outbox


@transaction.atomic
def name_holder(*, seat: Seat, user: User, part: Part, by: Bench) -> SeatHolder:
    """Put somebody on a seat. A new representative ends the one before; a deputy may become representative.

    Raises NotYourSeat, SeatOver, NotTheirs (an actor's seat), NotOneself, StaffOnNoBoard, NotInTheHouse, VotedOnNow (a board's),
    HoldsAlready.
    """
    seat = _locked(seat)
    if not may_name(seat, by):
        raise errors.NotYourSeat
    _check_fits(seat, user, by)
    held = {holder.user_id: holder for holder in _held(seat)}
    if held and seat.actor_id is None:
        check_not_voted_on(seat)
    own = held.get(user.pk)
    if own and (own.part == part or own.part == Part.REPRESENTATIVE):
        raise errors.HoldsAlready
    if part == Part.REPRESENTATIVE:
        for holder in held.values():
            if holder.part == Part.REPRESENTATIVE:
                _end(holder, by)
    if own:
        own.until = clock.now()
        own.save(update_fields=["until"])
    named = SeatHolder.objects.create(seat=seat, user=user, part=part, since=clock.now())
    audit.record(
        Verb.HOLDER_NAMED,
        named,
        by=by.standing.user,
        center_id=seat.council.center_id,
        seat=seat.pk,
        user=user.pk,
        part=part,
    )
    outbox.post(emails.seats.named(named))
    return named


@transaction.atomic
def end_holder(*, holder: SeatHolder, by: Bench) -> SeatHolder:
    """Take somebody off a seat, by who may name its people or by the person; one who is off it already is left as it is.

    Raises NotYourSeat; VotedOnNow where the manager would take somebody off a board.
    """
    seat = _locked(holder.seat, also_over=True)
    held = SeatHolder.objects.select_related("user", "seat__actor", "seat__council__center").get(pk=holder.pk)
    if held.user_id != by.standing.user.pk and not may_name(seat, by):
        raise errors.NotYourSeat
    if held.until is None:
        if seat.actor_id is None and held.user_id != by.standing.user.pk:
            check_not_voted_on(seat)
        _end(held, by)
    return held


def may_name(seat: Seat, by: Bench) -> bool:
    """Whether the person says who is on the seat: an actor's contact or representative, whatever their role in the house;
    the manager for a board's."""
    if seat.actor_id is None:
        return by.standing.is_manager_in(seat.council.center_id)
    if seat.pk not in by.seats:
        return False
    return by.standing.is_contact_of(seat.actor_id) or by.part_on(seat.pk) == Part.REPRESENTATIVE


def check_not_voted_on(seat: Seat) -> None:
    """Raises VotedOnNow while the seat may vote in a ballot that is not counted: a manager silences nobody."""
    if Entitlement.objects.filter(seat=seat, ballot__closed_at=None).exists():
        raise errors.VotedOnNow


def _locked(seat: Seat, *, also_over: bool = False) -> Seat:
    locked = Seat.objects.locked(seat.pk)
    if locked.until is not None and not also_over:
        raise errors.SeatOver
    return locked


def _held(seat: Seat) -> list[SeatHolder]:
    rows = SeatHolder.objects.filter(seat=seat, until=None).select_related("user", "seat__actor")
    return list(rows.select_related("seat__council__center"))


def _check_fits(seat: Seat, user: User, by: Bench) -> None:
    if seat.actor_id is not None:
        people = Membership.objects.in_force().filter(actor=seat.actor_id, user__is_active=True)
        if not people.filter(user=user).exists():
            raise errors.NotTheirs
        return
    if user.pk == by.standing.user.pk:
        raise errors.NotOneself
    place = Standing.of(user)
    if place.is_staff_in(seat.council.center_id):
        raise errors.StaffOnNoBoard
    if not user.is_active or not place.is_tied_to(seat.council.center_id):
        raise errors.NotInTheHouse


def _end(holder: SeatHolder, by: Bench) -> None:
    holder.until = clock.now()
    holder.save(update_fields=["until"])
    audit.record(
        Verb.HOLDER_ENDED,
        holder,
        by=by.standing.user,
        center_id=holder.seat.council.center_id,
        seat=holder.seat_id,
        user=holder.user_id,
    )
    if holder.user_id != by.standing.user.pk:
        outbox.post(emails.seats.ended(holder.seat.council, [holder]))
