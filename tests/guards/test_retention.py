"""Each rule deletes what is past its time, and nothing a day before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors import privacy as people
from actors.access import Access
from actors.council import privacy as council_rules
from actors.council.ballots import actions, verify
from actors.council.enums import Choice, DisputeState, MotionState
from actors.council.models import Cast, Dispute, Motion, RuleNotice, SeatHolder
from actors.enums import Role
from actors.erasure import erase
from actors.models import Actor, CenterRole, Duty, Invitation, Membership, User
from bookings import privacy as rooms
from bookings.models import Closure
from centers.models import Center, Room
from collaboration import privacy as log_rules
from collaboration.digests import actions as digests, privacy as digest_rules
from collaboration.digests.enums import DigestState
from collaboration.digests.frozen_content import hash_of
from collaboration.digests.models import Digest, Snooze, Subscription
from collaboration.forum import privacy as forum_rules
from collaboration.forum.models import Forum, ProposedItem
from collaboration.models import Introduction
from medborger.common import audit, clock, forget, privacy
from medborger.common.context_vars import origin
from medborger.common.messaging import outbox
from medborger.common.messaging.letters import letter_to
from medborger.common.models import Audit, AuditOrigin, Message, MessageState
from medborger.common.tasks import forget as nightly
from tests.actors.council.factories import council_member, make_rule
from tests.collaboration.factories import entered
from tests.factories import ActorFactory, CenterRoleFactory, DutyFactory, MembershipFactory, UserFactory, past_booking
from tests.guards.councils import done_for_a_seat, held_ballot

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.moment(START)]
Rule = Callable[[], int]


def stands_until(row: Model, rule: Rule, gone_at: datetime) -> None:
    """The row is there a day before `gone_at`, and not a day after."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    with time_machine.travel(gone_at - timedelta(days=1), tick=False):
        assert rule() == 0
        assert rows.exists()
    with time_machine.travel(gone_at + timedelta(days=1), tick=False):
        assert rule() == 1
        assert not rows.exists()


@time_machine.travel(START, tick=False)
def test_a_membership_is_deleted_a_year_after_its_end(member: User) -> None:
    membership = Membership.objects.get(user=member)
    membership.until = clock.today()
    membership.save()
    stands_until(membership, people.forget_memberships, START.replace(year=2027))


@time_machine.travel(START, tick=False)
def test_a_membership_that_goes_on_is_never_deleted() -> None:
    MembershipFactory.create()
    with time_machine.travel(START.replace(year=2036), tick=False):
        assert people.forget_memberships() == 0


@time_machine.travel(START, tick=False)
def test_a_role_is_deleted_a_year_after_its_end(house: Center) -> None:
    role: CenterRole = CenterRoleFactory.create(center=house, until=clock.today())
    stands_until(role, people.forget_roles, START.replace(year=2027))


@time_machine.travel(START, tick=False)
def test_a_duty_is_deleted_ninety_days_after_it(house: Center) -> None:
    duty: Duty = DutyFactory.create(center=house)
    stands_until(duty, people.forget_duties, duty.ends_at + timedelta(days=90))


@pytest.mark.parametrize("over", ["accepted_at", "withdrawn_at", "expires_at"])
def test_an_invitation_is_deleted_a_month_after_it_is_over(house: Center, over: str) -> None:
    with time_machine.travel(START, tick=False):
        times = {"expires_at": START + timedelta(days=365), over: START}
        invitation = Invitation.objects.create(
            center=house, role=Role.STAFF, email="ny@huset.example", token_hash="0" * 64, created_at=START, **times
        )
    stands_until(invitation, people.forget_invitations, START + timedelta(days=30))


@time_machine.travel(START, tick=False)
def test_the_booker_is_cut_from_a_booking_after_two_years_and_the_actor_stays(
    room: Room, association: Actor, member: User
) -> None:
    booking = past_booking(room, association, member, ends_at=START)
    with time_machine.travel(START.replace(year=2028) - timedelta(days=1), tick=False):
        assert rooms.forget_bookers() == 0
    with time_machine.travel(START.replace(year=2028) + timedelta(days=1), tick=False):
        assert rooms.forget_bookers() == 1
        assert rooms.forget_bookers() == 0
    booking.refresh_from_db()
    assert booking.booked_by is None
    assert [party.actor for party in booking.parties.all()] == [association]


@time_machine.travel(START, tick=False)
def test_who_closed_a_room_is_cut_after_two_years(house: Center, staff: User) -> None:
    times = {"starts_at": START - timedelta(days=1), "ends_at": START, "created_at": START}
    closure = Closure.objects.create(center=house, reason="Maling", state="in_force", closed_by=staff, **times)
    with time_machine.travel(START.replace(year=2028) + timedelta(days=1), tick=False):
        assert rooms.forget_closers() == 1
    closure.refresh_from_db()
    assert closure.closed_by is None


# --- the council ----------------------------------------------------------------------------------------------------


def person_stands_until(row: Model, field: str, rule: Rule, cut_at: datetime) -> None:
    """The row names the person a day before `cut_at`, and not a day after; the row itself stays."""
    with time_machine.travel(cut_at - timedelta(days=1), tick=False):
        assert rule() == 0
    row.refresh_from_db()
    assert getattr(row, field) is not None
    with time_machine.travel(cut_at + timedelta(days=1), tick=False):
        assert rule() == 1
        assert rule() == 0
    row.refresh_from_db()
    assert getattr(row, field) is None


@time_machine.travel(START, tick=False)
def test_who_held_a_seat_is_cut_a_year_after_leaving_it(house: Center) -> None:
    _ballot, holders = held_ballot(house)
    left = SeatHolder.objects.get(user=holders[0][1])
    left.until = START
    left.save()
    person_stands_until(left, "user", council_rules.forget_holders, START.replace(year=2027))
    assert SeatHolder.objects.filter(user__isnull=False).count() == len(holders) - 1


@time_machine.travel(START, tick=False)
def test_who_voted_is_cut_after_five_years_and_the_vote_and_its_chain_stand(house: Center) -> None:
    ballot, ((seat, user), *_others) = held_ballot(house)
    event = actions.vote(
        ballot=ballot, seat=seat, choice=Choice.FOR, reason="Fordi", by=council_member(user, ballot.council)
    )
    cast = Cast.objects.get(event=event)
    person_stands_until(cast, "user", council_rules.forget_voters, START.replace(year=2031))
    assert (cast.salt, cast.reason) == ("", "Fordi")
    assert verify.check(ballot).findings == []


@time_machine.travel(START, tick=False)
def test_who_did_something_for_a_seat_is_cut_after_five_years(house: Center) -> None:
    done = done_for_a_seat(house)
    with time_machine.travel(START.replace(year=2031) - timedelta(days=1), tick=False):
        assert council_rules.forget_doers() == 0
    with time_machine.travel(START.replace(year=2031) + timedelta(days=1), tick=False):
        assert council_rules.forget_doers() == len(done)
        assert council_rules.forget_doers() == 0
    for row, field in done:
        assert getattr(row, field) is not None
        row.refresh_from_db()
        assert getattr(row, field) is None


@time_machine.travel(START, tick=False)
def test_who_wrote_a_collaboration_in_is_cut_after_two_years_and_the_actors_stay(
    house: Center, association: Actor, contact: User
) -> None:
    other = ActorFactory.create(house=house)
    made = entered(house, contact, association, other)
    with time_machine.travel(START.replace(year=2028) - timedelta(days=1), tick=False):
        assert log_rules.forget_writers() == 0
    with time_machine.travel(START.replace(year=2028) + timedelta(days=1), tick=False):
        assert log_rules.forget_writers() == 2
        assert log_rules.forget_writers() == 0
    made.refresh_from_db()
    assert (made.created_by, made.confirmed_by, made.state) == (None, None, "going")
    assert {party.actor for party in made.parties.all()} == {association, other}


@pytest.mark.parametrize("answered", ["proposed", "dismissed"])
@time_machine.travel(START, tick=False)
def test_who_brought_two_together_or_let_them_be_is_cut_after_two_years(
    house: Center, association: Actor, staff: User, answered: str
) -> None:
    tie = Introduction.objects.create(
        center=house,
        week_starts_on=START.date() - timedelta(days=START.weekday()),
        first=association,
        second=ActorFactory.create(house=house),
        **{f"{answered}_by": staff, f"{answered}_at": START},
    )
    person_stands_until(tie, f"{answered}_by", log_rules.forget_introducers, START.replace(year=2028))


def notice_of(house: Center, actor: Actor) -> RuleNotice:
    return RuleNotice.objects.create(
        center=house,
        number=1,
        actor=actor,
        version=make_rule(house),
        happened_at=START,
        what="Høj musik",
        created_at=START,
    )


@time_machine.travel(START, tick=False)
def test_a_notice_that_nobody_disputed_is_deleted_after_two_years(house: Center, association: Actor) -> None:
    stands_until(notice_of(house, association), council_rules.forget_notices, START.replace(year=2028))


@time_machine.travel(START, tick=False)
def test_a_dispute_is_deleted_two_years_after_it_was_settled_with_its_notice_and_its_motion_stays(
    house: Center, association: Actor
) -> None:
    ballot, _holders = held_ballot(house)
    notice = notice_of(house, association)
    dispute = Dispute.objects.create(
        council=ballot.council,
        number=1,
        title="Musik",
        what="Høj musik",
        notice=notice,
        motion=ballot.motion,
        created_at=START,
    )
    dispute.parties.add(association)
    with time_machine.travel(START.replace(year=2032), tick=False):
        assert council_rules.forget_disputes() == 0
        assert council_rules.forget_notices() == 0
    settled_at = START + timedelta(days=100)
    Dispute.objects.update(state=DisputeState.SETTLED, decision="Ro efter kl. 22", settled_at=settled_at)
    gone_at = settled_at.replace(year=settled_at.year + 2)
    with time_machine.travel(gone_at - timedelta(days=1), tick=False):
        assert council_rules.forget_notices() == 0
    stands_until(dispute, council_rules.forget_disputes, gone_at)
    with time_machine.travel(gone_at + timedelta(days=1), tick=False):
        assert council_rules.forget_notices() == 1
    assert Motion.objects.get().state == MotionState.BALLOT


def test_disputes_are_forgotten_before_the_notices_that_they_hold() -> None:
    rules = privacy.rules()
    assert rules.index(council_rules.forget_disputes) < rules.index(council_rules.forget_notices)


def letter(user: User) -> Message:
    outbox.post([letter_to(user, key="receipt", subject="Salen er booket", text="Tirsdag kl. 18.00", link="/mig/")])
    return Message.objects.get()


@time_machine.travel(START, tick=False)
def test_what_a_letter_said_is_wiped_after_ninety_days_and_its_hash_kept(member: User) -> None:
    message = letter(member)
    content = "\0".join((message.subject, message.text, message.link, message.html, message.calendar))
    with time_machine.travel(START + timedelta(days=89), tick=False):
        assert forget.forget_letters() == 0
    with time_machine.travel(START + timedelta(days=91), tick=False):
        assert forget.forget_letters() == 1
        assert forget.forget_letters() == 0
    message.refresh_from_db()
    assert (message.subject, message.text, message.link, message.user) == ("", "", "", None)
    assert message.body_hash == sha256(content.encode()).hexdigest()
    assert len(message.recipient) == 64
    assert "@" not in message.recipient


@time_machine.travel(START, tick=False)
def test_a_wiped_letter_is_deleted_after_two_years(member: User) -> None:
    message = letter(member)
    with time_machine.travel(START + timedelta(days=91), tick=False):
        forget.forget_letters()
    stands_until(message, forget.forget_letters, START.replace(year=2028))


@time_machine.travel(START, tick=False)
def test_an_act_is_forgotten_after_two_years_and_where_it_came_from_after_a_month(room: Room, member: User) -> None:
    token = origin.set("192.0.2.0/24")
    row = audit.record("test.done", room, by=member)
    origin.reset(token)
    stands_until(AuditOrigin.objects.get(audit=row), forget.forget_origins, START + timedelta(days=30))
    stands_until(row, forget.forget_audit, START.replace(year=2028))


@time_machine.travel(START, tick=False)
def test_the_log_of_the_administration_is_forgotten_after_two_years(admin: User) -> None:
    entry = LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(Center),
        object_repr="Huset",
        action_flag=ADDITION,
        action_time=START,
    )
    stands_until(entry, forget.forget_admin_log, START.replace(year=2028))


@time_machine.travel(START, tick=False)
def test_a_session_is_deleted_when_it_has_run_out(member: User) -> None:
    Client().force_login(member)
    session = Session.objects.get()
    stands_until(session, forget.forget_sessions, session.expire_date)


# --- users ----------------------------------------------------------------------------------------------------------


@time_machine.travel(START, tick=False)
def test_an_unused_user_is_warned_a_month_before_and_then_erased() -> None:
    user = UserFactory.create(name="Sofie Sjælden", language="da", seen_on=START.date())
    with time_machine.travel(START.replace(year=2028, month=10) - timedelta(days=1), tick=False):
        people.forget_users()
        assert not Message.objects.exists()
    with time_machine.travel(START.replace(year=2028, month=10) + timedelta(days=1), tick=False):
        assert people.forget_users() == 0
        assert people.forget_users() == 0
        message = Message.objects.get()
        assert (message.recipient, message.subject) == (user.email, "Vi sletter snart din bruger")
    with time_machine.travel(START.replace(year=2028) - timedelta(days=1), tick=False):
        assert people.forget_users() == 0
    with time_machine.travel(START.replace(year=2028) + timedelta(days=2), tick=False):
        assert people.forget_users() == 1
        assert people.forget_users() == 0
    user.refresh_from_db()
    assert user.erased_at is not None
    assert (user.name, user.email) == ("", None)


@time_machine.travel(START, tick=False)
def test_a_user_that_nobody_warned_is_not_erased_however_old() -> None:
    UserFactory.create(seen_on=None, joined_at=START.replace(year=2020))
    assert people.forget_users() == 0
    with time_machine.travel(START + timedelta(days=29), tick=False):
        assert people.forget_users() == 0
    with time_machine.travel(START + timedelta(days=31), tick=False):
        assert people.forget_users() == 1


@time_machine.travel(START, tick=False)
def test_who_comes_back_after_the_warning_keeps_the_user(house: Center) -> None:
    user = UserFactory.create(seen_on=START.date() - timedelta(days=720))
    people.forget_users()
    client = Client()
    client.force_login(user)
    client.get("/")
    user.refresh_from_db()
    assert (user.seen_on, user.warned_at) == (START.date(), None)
    with time_machine.travel(START + timedelta(days=60), tick=False):
        assert people.forget_users() == 0


@time_machine.travel(START, tick=False)
def test_the_day_of_the_last_visit_costs_one_statement_a_day(member: User) -> None:
    client = Client()
    client.force_login(member)
    with time_machine.travel(START + timedelta(days=1), tick=False), CaptureQueriesContext(connection) as statements:
        client.get("/privatliv/")
        client.get("/privatliv/")
    assert len([statement for statement in statements if statement["sql"].startswith('UPDATE "actors_user"')]) == 1


def test_the_nightly_task_runs_every_rule() -> None:
    ran: list[str] = []

    def noting(rule: Rule) -> Rule:
        def run() -> int:
            ran.append(rule.__name__)
            return rule()

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(privacy, "rules", lambda: [noting(table.forget) for table in privacy.tables if table.forget])
        nightly()
    assert set(ran) == {table.forget.__name__ for table in privacy.tables if table.forget}


def test_a_waiting_letter_to_an_erased_person_is_never_sent(member: User) -> None:
    message = letter(member)
    erase(user=member, by=Access.of(member))
    message.refresh_from_db()
    assert message.state == MessageState.DROPPED
    assert Audit.objects.filter(verb="user.erased", subject_id=member.pk, person=None).exists()


# --- the forum ------------------------------------------------------------------------------------------------------


@time_machine.travel(START, tick=False)
def test_who_held_a_forum_is_cut_a_year_after_their_last_day(house: Center, staff: User) -> None:
    today = clock.today()
    forum = Forum.objects.create(
        center=house, name="Forum", counts_from=today, founded_on=today, holder=staff, holder_until=today
    )
    person_stands_until(forum, "holder", forum_rules.forget_holders, START.replace(year=2027))


@time_machine.travel(START, tick=False)
def test_who_proposed_an_item_is_cut_after_two_years(house: Center, member: User) -> None:
    item = ProposedItem.objects.create(center=house, title="Borde", proposed_by=member, proposed_at=START)
    person_stands_until(item, "proposed_by", forum_rules.forget_proposers, START.replace(year=2028))


# --- digests --------------------------------------------------------------------------------------------------------


@time_machine.travel(START, tick=False)
def test_what_a_digest_told_is_wiped_after_ninety_days_its_hash_kept_and_the_row_gone_after_two_years(
    house: Center, coordinator: User
) -> None:
    told: dict[str, Any] = {"entries": {"da": []}, "skipped": [], "weekly": None}
    digest = Digest.objects.create(
        center=house,
        recipient=coordinator,
        week_starts_on=date(2026, 11, 23),
        covers_from=START,
        covers_until=START,
        made_at=START,
        state=DigestState.MADE,
        content=told,
        content_hash=hash_of(told),
    )
    with time_machine.travel(START + timedelta(days=89), tick=False):
        assert digest_rules.forget_digests() == 0
    with time_machine.travel(START + timedelta(days=91), tick=False):
        assert digest_rules.forget_digests() == 1
    digest.refresh_from_db()
    assert (digest.content, digest.content_hash) == ({}, hash_of(told))
    stands_until(digest, digest_rules.forget_digests, START.replace(year=2028))


@time_machine.travel(START, tick=False)
def test_who_got_the_digest_is_forgotten_a_year_after_and_a_coordinators_no_only_with_the_role(
    house: Center, coordinator: User, member: User
) -> None:
    for user in (coordinator, member):
        digests.choose(center=house, weekday=0, minute=420, when_empty=False, by=Access.of(user))
        digests.unsubscribe(center=house, user=user)
    stands_until(Subscription.objects.get(user=member), digest_rules.forget_subscriptions, START.replace(year=2027))
    CenterRole.objects.filter(user=coordinator).update(until=clock.today())
    with time_machine.travel(START.replace(year=2028), tick=False):
        assert digest_rules.forget_subscriptions() == 1


@time_machine.travel(START, tick=False)
def test_what_was_put_off_is_forgotten_when_it_comes_again(house: Center, coordinator: User) -> None:
    until = START + timedelta(days=7)
    put_off = Snooze.objects.create(center=house, user=coordinator, key="clash:1", until=until)
    stands_until(put_off, digest_rules.forget_snoozes, until)
