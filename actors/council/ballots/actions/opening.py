"""Opening a ballot freezes the text, the standing orders and who is entitled, in that moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from actors.council import errors, meeting_body
from actors.council.ballots import chain, emails
from actors.council.ballots.vote_log import append, proposal_digest
from actors.council.disputes.actions import recuse_parties
from actors.council.enums import CouncilEvent, EventKind, HolderRole, Method, MotionKind, MotionState, RecusalState
from actors.council.member import CouncilMember
from actors.council.models import Amendment, Ballot, Council, Entitlement, Motion, Seat, SeatHolder, StandingOrders
from actors.council.seats.actions import refresh_seats
from actors.meetings.models import Meeting
from medborger.common import audit, clock
from medborger.common.messaging import outbox

CLOSES_AT = 20 * 60  # a ballot that lasts for days closes at 20.00, when people are awake
MINUTES = {Method.MEETING: 10, Method.HANDS: 60}
SHORTEST, LONGEST = 10, 240  # minutes: nobody is voted down while they find their phone
FEWEST_FOR_SECRECY = 5

# One statement: who is entitled is exactly who has a seat in this moment. The council's row is locked, so no seat comes or goes.
ENTITLE = """
    INSERT INTO council_entitlement (ballot_id, seat_id, recused)
    SELECT %(ballot)s, seat.id, EXISTS (
        SELECT FROM council_recusal WHERE motion_id = %(motion)s AND seat_id = seat.id AND state = %(in_force)s
    )
    FROM council_seat AS seat WHERE seat.council_id = %(council)s AND seat.until IS NULL
"""


@transaction.atomic
def open_ballots(
    *, motion: Motion, method: Method = Method.ONLINE, minutes: int | None = None, by: CouncilMember
) -> list[Ballot]:
    """Put a motion to the vote: each undecided amendment first, all at once; when none is left, the whole.

    `minutes` is how long a ballot at a meeting is open. The seat that moved it does this, or the chair's.
    Raises NotYourSeat, NotOpen, NoticeRuns, TooFewForSecrecy, NotByHands, NoMeetingNow, MinutesOutOfReach.
    """
    council = Council.objects.locked(motion.council_id)
    motion = Motion.objects.select_for_update(no_key=True).get(pk=motion.pk)
    opener = opener_of(motion, by)
    if opener is None:
        raise errors.NotYourSeat
    orders = StandingOrders.objects.in_force(council.pk)
    _check_may_open(motion, orders, method, minutes)
    refresh_seats(council)
    if motion.kind == MotionKind.DISPUTE:
        recuse_parties(motion)
    amendments: list[Amendment | None] = list(motion.amendments.undecided().order_by("number"))
    closes_at = closing_of(method, orders.ballot_days, minutes)
    ballots = [
        _open(motion, orders, method, closes_at, opener, amendment=amendment) for amendment in amendments or [None]
    ]
    motion.state = MotionState.BALLOT
    motion.save(update_fields=["state"])
    _tell(council, ballots, by)
    return ballots


def may_open_from(motion: Motion, orders: StandingOrders) -> datetime:
    """The instant from which the motion has lain open as long as the standing orders ask, with the words it has now."""
    since = motion.notice_from or motion.opened_at
    assert since is not None
    return since + timedelta(days=orders.notice_days)


def opener_of(motion: Motion, by: CouncilMember) -> Seat | None:
    """The person's seat that may put the motion to the vote: the mover's, or the chair's."""
    return next((seat for seat in by.held_seats if seat.pk == motion.mover_id or seat.is_chair), None)


def _check_may_open(motion: Motion, orders: StandingOrders, method: Method, minutes: int | None) -> None:
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        raise errors.MinutesOutOfReach
    if motion.state == MotionState.BALLOT:
        raise errors.BallotIsOpen
    if motion.state != MotionState.OPEN:
        raise errors.NotOpen
    if (until := may_open_from(motion, orders)) > clock.now():
        raise errors.NoticeRuns(until=until)
    if orders.secret and method == Method.HANDS:
        raise errors.NotByHands
    if method == Method.HANDS and not Meeting.objects.in_session(motion.council.center_id, meeting_body.KEY).exists():
        raise errors.NoMeetingNow


def closing_of(method: Method, days: int, minutes: int | None = None) -> datetime:
    """When a ballot that opens now closes: at 20.00 so many days on, or at a meeting after some minutes."""
    if method == Method.ONLINE:
        return clock.at(clock.today() + timedelta(days=days), CLOSES_AT)
    return clock.now() + timedelta(minutes=minutes or MINUTES[method])


def _open(
    motion: Motion,
    orders: StandingOrders,
    method: Method,
    closes_at: datetime,
    opener: Seat,
    *,
    amendment: Amendment | None = None,
) -> Ballot:
    ballot = Ballot.objects.create(
        council_id=motion.council_id,
        motion=motion,
        amendment=amendment,
        text=motion.texts.latest("number"),
        orders=orders,
        method=method,
        secret=orders.secret,
        opened_by=opener,
        chair=Seat.objects.in_force().filter(council=motion.council_id, is_chair=True).first(),
        opened_at=clock.now(),
        closes_at=closes_at,
        head_number=0,
        head_hash=chain.GENESIS,
    )
    seats = _entitle(ballot)
    if ballot.secret:
        _name_who_casts(ballot)
        if sum(not recused for _seat, _name, recused in seats) < FEWEST_FOR_SECRECY:
            raise errors.TooFewForSecrecy
    ballot.entitlement_hash = chain.entitlement_hash(ballot.pk, seats)
    opened = append(
        ballot,
        EventKind.OPENED,
        seat_id=opener.pk,
        motion=motion.pk,
        amendment=amendment.pk if amendment else None,
        recusal=None,
        proposal=proposal_digest(ballot),
        orders=orders.version,
        settings=orders.of_ballots(),
        method=method,
        secret=ballot.secret,
        chair=ballot.chair_id,
        closes_at=closes_at.isoformat(),
        entitlement=ballot.entitlement_hash,
        seats=[list(seat) for seat in seats],
    )
    ballot.opening_hash = opened.hash
    ballot.save(update_fields=["entitlement_hash", "opening_hash"])
    return ballot


def _entitle(ballot: Ballot) -> list[tuple[int, str, bool]]:
    """Freeze who may vote: the seats' ids, names, and whether they are recused."""
    with connection.cursor() as cursor:
        cursor.execute(
            ENTITLE,
            {
                "ballot": ballot.pk,
                "motion": ballot.motion_id,
                "council": ballot.council_id,
                "in_force": RecusalState.IN_FORCE,
            },
        )
    rows = Entitlement.objects.filter(ballot=ballot).select_related("seat__actor").order_by("seat_id")
    return [(row.seat_id, row.seat.name, row.recused) for row in rows]


def _name_who_casts(ballot: Ballot) -> None:
    """In a secret ballot one person casts for each seat: its representative, or for want of one its first deputy."""
    named: dict[int, SeatHolder] = {}
    holders = SeatHolder.objects.in_force().filter(seat__entitlements__ballot=ballot).order_by("since", "pk")
    for holder in holders:
        if holder.part == HolderRole.REPRESENTATIVE or holder.seat_id not in named:
            named[holder.seat_id] = holder
    rows = list(Entitlement.objects.filter(ballot=ballot, seat__in=named))
    for row in rows:
        row.named = named[row.seat_id]
    Entitlement.objects.bulk_update(rows, ["named"])


def _tell(council: Council, ballots: Sequence[Ballot], by: CouncilMember) -> None:
    for ballot in ballots:
        audit.record(
            CouncilEvent.BALLOT_OPENED, ballot, by=by.person, center_id=council.center_id, motion=ballot.motion_id
        )
    outbox.post(emails.opened(council, ballots))
