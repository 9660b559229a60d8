"""Found the council, give and end seats, choose the chair, name who votes for a seat, adopt standing orders."""

from django.db import IntegrityError, transaction
from django.db.models import Max

from actors.access import Access
from actors.council import errors
from actors.council.enums import CouncilEvent, Entitled, HolderRole
from actors.council.member import CouncilMember
from actors.council.models import Council, Entitlement, Motion, ProposedOrders, Seat, SeatHolder, StandingOrders
from actors.council.seats import emails
from actors.council.standing_orders import PRESETS
from actors.enums import ActorKind, Tie
from actors.errors import ActorNotInHouse
from actors.models import Actor, Affiliation, Membership, User
from centers.models import Center
from medborger.common import audit, clock
from medborger.common.errors import NotAllowed, violated
from medborger.common.messaging import outbox


@transaction.atomic
def found(*, center: Center, name: str, preset: str, by: Access) -> Council:
    """Give the house a council with the standing orders of a preset; what follows is the council's own to decide.

    Raises NotAllowed for who is no manager, CouncilAlready.
    """
    _check_manager(center.pk, by)
    now = clock.now()
    try:
        with transaction.atomic():
            council = Council.objects.create(center=center, name=name, created_at=now)
    except IntegrityError as error:
        if violated(error) == "council_council_center_id_key":
            raise errors.CouncilAlready from error
        raise
    StandingOrders.objects.create(council=council, version=1, in_force_at=now, **PRESETS[preset].settings)
    audit.record(CouncilEvent.FOUNDED, council, by=by.user, preset=preset)
    refresh_seats(council)
    return council


@transaction.atomic
def give_seat(*, council: Council, actor: Actor | None = None, name: str = "", by: Access) -> Seat:
    """Write in a seat: an actor's in a council of chosen actors, a named one in a board.

    Raises NotAllowed, SeatsFollowTheHouse, ActorNotInHouse, SeatAlready.
    """
    council = _lock_seats_given_by_hand(council.pk, by)
    board = StandingOrders.objects.in_force(council.pk).entitled == Entitled.BOARD
    if bool(name) != board or (actor is None) != board:
        raise errors.WrongKindOfSeat
    if actor and not Actor.objects.in_house(council.center_id).filter(pk=actor.pk).exists():
        raise ActorNotInHouse
    try:
        with transaction.atomic():
            seat = Seat.objects.create(council=council, actor=actor, own_name=name, since=clock.now())
    except IntegrityError as error:
        if violated(error) in ("seat_once_per_actor", "seat_name_once"):
            raise errors.SeatAlready from error
        raise
    _given([seat], council, by)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, by: Access) -> Seat:
    """End a seat that was written in, and its holders with it; what it voted stays. One that has ended is left as it is.

    Raises NotAllowed, SeatsFollowTheHouse, VotedOnNow.
    """
    council = _lock_seats_given_by_hand(seat.council_id, by)
    locked = Seat.objects.locked(seat.pk)
    if locked.until is None:
        check_not_voted_on(locked)
        _end([locked], council, by)
    return locked


@transaction.atomic
def choose_chair(*, seat: Seat, by: Access) -> Seat:
    """Write in whom the council has chosen as its chair; the one before it is chair no more. Raises NotAllowed, SeatOver."""
    council = _lock(seat.council_id, by)
    locked = Seat.objects.locked(seat.pk)
    if locked.until is not None:
        raise errors.SeatOver
    if not locked.is_chair:
        Seat.objects.in_force().filter(council=council, is_chair=True).update(is_chair=False)
        locked.is_chair = True
        locked.save(update_fields=["is_chair"])
        audit.record(CouncilEvent.CHAIR_CHOSEN, locked, by=by.user, center_id=council.center_id)
    return locked


def refresh_seats(council: Council) -> None:
    """Give every association in the house a seat and end those of associations that left, where all associations have one.

    Elsewhere seats are written in by hand and this does nothing. Within the caller's transaction, with the council's row
    locked (`Council.objects.locked`), so that the seats are exactly the house's associations in that moment.
    """
    if StandingOrders.objects.in_force(council.pk).entitled != Entitled.ASSOCIATIONS:
        return
    seats = list(Seat.objects.in_force().filter(council=council).select_for_update(no_key=True))
    entitled = set(_associations(council.center_id))
    gone = [seat for seat in seats if seat.actor_id not in entitled]
    _end(gone, council, None)
    now = clock.now()
    new = entitled - {seat.actor_id for seat in seats}
    given = Seat.objects.bulk_create(Seat(council=council, actor_id=pk, since=now) for pk in sorted(new))
    _given(given, council, None)


@transaction.atomic
def keep_seats_in_step(*, council: Council) -> None:
    """Refresh the seats, and end holders who may no longer vote for theirs. Runs every night."""
    council = Council.objects.locked(council.pk)
    refresh_seats(council)
    present = SeatHolder.objects.in_force().filter(seat__council=council)
    departed = SeatHolder.objects.filter(seat__council=council, until=None).exclude(pk__in=present.values("pk"))
    departed.update(until=clock.now())


def adopt_orders(motion: Motion) -> StandingOrders:
    """Put the standing orders that a motion proposed in force, from now on. Within the closing's transaction, council locked.

    Where every association has a seat from now on, they get theirs at once; else the seats stand until they are ended by hand.
    """
    proposed = ProposedOrders.objects.get(motion=motion)
    last = StandingOrders.objects.filter(council=motion.council_id).aggregate(version=Max("version"))["version"]
    adopted = StandingOrders.objects.create(
        council_id=motion.council_id,
        version=last + 1,
        motion=motion,
        in_force_at=clock.now(),
        **proposed.settings(),
    )
    refresh_seats(motion.council)
    return adopted


def _associations(center_id: int) -> list[int]:
    """The ids of the associations that belong to the house today; who only comes from outside does not."""
    tied = Affiliation.objects.in_force().filter(center_id=center_id).exclude(tie=Tie.EXTERNAL)
    associations = Actor.objects.in_use().filter(kind=ActorKind.ASSOCIATION, affiliations__in=tied)
    return list(associations.values_list("pk", flat=True).distinct())


def _check_manager(center_id: int, by: Access) -> None:
    if not by.is_manager_in(center_id):
        raise NotAllowed


def _lock(council_id: int, by: Access) -> Council:
    council = Council.objects.locked(council_id)
    _check_manager(council.center_id, by)
    return council


def _lock_seats_given_by_hand(council_id: int, by: Access) -> Council:
    council = _lock(council_id, by)
    if StandingOrders.objects.in_force(council.pk).entitled == Entitled.ASSOCIATIONS:
        raise errors.SeatsFollowTheHouse
    return council


def _end(seats: list[Seat], council: Council, by: Access | None) -> None:
    """End locked seats and take their holders off them."""
    if not seats:
        return
    now = clock.now()
    holders = list(SeatHolder.objects.filter(seat__in=seats, until=None).select_related("user", "seat__actor"))
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(until=now)
    SeatHolder.objects.filter(pk__in=[holder.pk for holder in holders]).update(until=now)
    for seat in seats:
        seat.until = now
        audit.record(CouncilEvent.SEAT_ENDED, seat, by=by.user if by else None, center_id=council.center_id)
    outbox.post(emails.ended(council, holders))


def _given(seats: list[Seat], council: Council, by: Access | None) -> None:
    for seat in seats:
        audit.record(CouncilEvent.SEAT_GIVEN, seat, by=by.user if by else None, center_id=council.center_id)
    outbox.post(emails.given(council, seats))


@transaction.atomic
def name_holder(*, seat: Seat, user: User, part: HolderRole, by: CouncilMember) -> SeatHolder:
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
    if own and (own.part == part or own.part == HolderRole.REPRESENTATIVE):
        raise errors.HoldsAlready
    if part == HolderRole.REPRESENTATIVE:
        for holder in held.values():
            if holder.part == HolderRole.REPRESENTATIVE:
                _end_one(holder, by)
    if own:
        own.until = clock.now()
        own.save(update_fields=["until"])
    named = SeatHolder.objects.create(seat=seat, user=user, part=part, since=clock.now())
    audit.record(
        CouncilEvent.HOLDER_NAMED,
        named,
        by=by.access.user,
        center_id=seat.council.center_id,
        seat=seat.pk,
        user=user.pk,
        part=part,
    )
    outbox.post(emails.named(named))
    return named


@transaction.atomic
def end_holder(*, holder: SeatHolder, by: CouncilMember) -> SeatHolder:
    """Take somebody off a seat, by who may name its people or by the person; one who is off it already is left as it is.

    Raises NotYourSeat; VotedOnNow where the manager would take somebody off a board.
    """
    seat = _locked(holder.seat, also_over=True)
    held = SeatHolder.objects.select_related("user", "seat__actor", "seat__council__center").get(pk=holder.pk)
    if held.user_id != by.access.user.pk and not may_name(seat, by):
        raise errors.NotYourSeat
    if held.until is None:
        if seat.actor_id is None and held.user_id != by.access.user.pk:
            check_not_voted_on(seat)
        _end_one(held, by)
    return held


def may_name(seat: Seat, by: CouncilMember) -> bool:
    """Whether the person says who is on the seat: an actor's contact or representative, whatever their role in the house;
    the manager for a board's."""
    if seat.actor_id is None:
        return by.access.is_manager_in(seat.council.center_id)
    if seat.pk not in by.seats:
        return False
    return by.access.is_contact_of(seat.actor_id) or by.part_on(seat.pk) == HolderRole.REPRESENTATIVE


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


def _check_fits(seat: Seat, user: User, by: CouncilMember) -> None:
    if seat.actor_id is not None:
        people = Membership.objects.in_force().filter(actor=seat.actor_id, user__is_active=True)
        if not people.filter(user=user).exists():
            raise errors.NotTheirs
        return
    if user.pk == by.access.user.pk:
        raise errors.NotOneself
    place = Access.of(user)
    if place.is_staff_in(seat.council.center_id):
        raise errors.StaffOnNoBoard
    if not user.is_active or not place.is_tied_to(seat.council.center_id):
        raise errors.NotInTheHouse


def _end_one(holder: SeatHolder, by: CouncilMember) -> None:
    holder.until = clock.now()
    holder.save(update_fields=["until"])
    audit.record(
        CouncilEvent.HOLDER_ENDED,
        holder,
        by=by.access.user,
        center_id=holder.seat.council.center_id,
        seat=holder.seat_id,
        user=holder.user_id,
    )
    if holder.user_id != by.access.user.pk:
        outbox.post(emails.ended(holder.seat.council, [holder]))
