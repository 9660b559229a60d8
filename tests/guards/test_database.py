"""What holds even when the code forgets: composite keys, append-only tables, reserved words, one direction of keys."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, connections, models, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from actors.council.ballots import verify
from actors.council.enums import Verdict
from actors.council.models import Ballot, Motion, RuleNotice
from actors.erasure import erase
from actors.models import Actor, User
from bookings.models import Booking, Occupancy
from centers.enums import RESERVED_SLUGS
from centers.models import Center, Room
from medborger.common import audit, clock, privacy
from medborger.common.models import Audit, AuditOrigin
from medborger.embedded.postgres import APPLICATION
from tests.actors.council.factories import make_council, make_seat
from tests.factories import BookingFactory, CenterFactory, close_room
from tests.guards.councils import held_ballot, in_every_table, written_for_good

# A model may point at its own app and at those below it (CONTRIBUTING.md, "Layout").
ORDER = [
    "common",
    "centers",
    "actors",
    "meetings",
    "council",
    "bookings",
    "collaboration",
    "forum",
    "clashes",
    "digests",
]
OURS = [model for model in apps.get_models() if model._meta.app_label in ORDER]
APPEND_ONLY = [model for model in OURS if getattr(model, "append_only", False)]
# What a trigger fires on: the bits of pg_trigger.tgtype.
ROW, BEFORE, DELETE, UPDATE = 1, 2, 8, 16


@pytest.mark.django_db
def test_the_migrations_make_the_tables_that_the_models_describe() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_as_imports_do(model: type[models.Model]) -> None:
    allowed = ORDER[: ORDER.index(model._meta.app_label) + 1]
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.related_model
        if target is None or target._meta.label == settings.AUTH_USER_MODEL:
            continue
        assert target._meta.app_label in allowed, f"{field} points up at {target._meta.label}"


@pytest.mark.parametrize("model", [m for m in OURS if m._meta.app_label == "common"], ids=lambda m: m._meta.label)
def test_the_ground_floor_names_houses_by_a_plain_id(model: type[models.Model]) -> None:
    assert all(field.name != "center" for field in model._meta.local_fields)


# --- composite keys -------------------------------------------------------------------------------------------------


@pytest.fixture
def booking(room: Room, association: Actor) -> Booking:
    return BookingFactory.create(room=room, actor=association)


def refused(constraint: str) -> Any:
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.django_db
def test_a_raw_booking_of_another_houses_room_is_refused(booking: Booking, other_house: Center) -> None:
    """A booking and its room are of one house (docs/security.md, check 4)."""
    Occupancy.objects.all().delete()
    with refused("booking_room_in_house"), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(center=other_house)


@pytest.mark.django_db
@pytest.mark.parametrize("constraint", ["occupancy_room_in_house", "occupancy_booking_in_house"])
def test_a_raw_row_that_names_another_house_is_refused(booking: Booking, other_house: Center, constraint: str) -> None:
    """What holds a room is of the room's house (docs/security.md, check 4)."""
    Occupancy.objects.all().delete()
    during = DateTimeTZRange(booking.starts_at, booking.ends_at)
    room = (
        booking.room
        if constraint == "occupancy_room_in_house"
        else Room.objects.create(center=other_house, slug="sal", name="Sal", kind="hall", capacity=10)
    )
    with refused(constraint), transaction.atomic():
        Occupancy.objects.create(center=other_house, room=room, booking=booking, during=during, blocked=during)


@pytest.mark.django_db
def test_a_raw_closure_row_that_names_another_house_is_refused(room: Room, staff: User, other_house: Center) -> None:
    """A closure holds rooms of its own house (docs/security.md, check 4)."""
    closure = close_room(room, staff)
    elsewhere = Room.objects.create(center=other_house, slug="sal", name="Sal", kind="hall", capacity=10)
    with refused("occupancy_closure_in_house"), transaction.atomic():
        Occupancy.objects.filter(closure=closure).update(center=other_house, room=elsewhere)


# --- the audit trail ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE common_audit SET verb = 'x'", "DELETE FROM common_audit"])
def test_even_the_owner_of_the_tables_does_not_rewrite_the_audit_by_accident(room: Room, statement: str) -> None:
    """A trigger refuses it (docs/security.md, check 27)."""
    audit.record("test.done", room, by=None)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_cannot_switch_the_audits_guard_off(as_application: psycopg.Connection[Any]) -> None:
    """The guard's setting is any role's to set, but the right to change the table is not (docs/security.md, check 27)."""
    as_application.execute("SET medborger.erasing = 'on'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application.execute("UPDATE common_audit SET verb = 'x'")


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda m: m._meta.label)
def test_the_application_may_read_and_add_to_append_only_tables_and_nothing_else(
    as_application: psycopg.Connection[Any], model: type[models.Model]
) -> None:
    """Every table that an app declares append-only (docs/security.md, check 27)."""
    rights = as_application.execute(
        "SELECT array_agg(right_name ORDER BY right_name) FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE'])"
        " AS right_name WHERE has_table_privilege(%s, right_name)",
        [model._meta.db_table],
    ).fetchone()
    assert rights == (["INSERT", "SELECT"],)


@pytest.fixture
def site_role(as_application: psycopg.Connection[Any]) -> Iterator[None]:
    """Django itself connects as the application does in production."""
    wrapper, info = connections["default"], as_application.info
    assert isinstance(wrapper, DatabaseWrapper)
    saved = dict(wrapper.settings_dict)
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict |= {"USER": info.user, "PASSWORD": info.password}
    yield
    wrapper.close()
    wrapper.close_pool()
    wrapper.settings_dict |= saved


def test_forgetting_and_erasing_need_no_more_than_the_applications_role(
    as_application: psycopg.Connection[Any],
    request: pytest.FixtureRequest,
    room: Room,
    association: Actor,
    member: User,
) -> None:
    """What the trail's functions do is done as the role that the site has in production (docs/security.md, check 27)."""
    BookingFactory.create(room=room, actor=association, by=member)
    AuditOrigin.objects.create(audit=Audit.objects.get(), network="192.0.2.0/24", at=clock.now())
    ballot = in_every_table(room.center, member)
    request.getfixturevalue("site_role")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APPLICATION,)
    erase(user=member, by=None)
    assert not Audit.objects.exclude(person=None).exists()
    with time_machine.travel(clock.now() + timedelta(days=800), tick=False):
        for rule in privacy.rules():
            rule()
    assert not Audit.objects.exists()
    assert verify.check(ballot).findings == []


# --- votes, results and rules ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda m: m._meta.label)
def test_a_trigger_guards_every_append_only_table_against_its_owner(model: type[models.Model]) -> None:
    """Every table that an app declares append-only (docs/security.md, check 27)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgtype FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE '%%append_only'"
            " AND tgenabled = 'O'",
            [model._meta.db_table],
        )
        kinds = [kind for (kind,) in cursor.fetchall()]
    assert kinds == [ROW | BEFORE | DELETE | UPDATE]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_even_the_owner_of_the_tables_does_not_rewrite_a_vote_by_accident(house: Center, statement: str) -> None:
    """What is written for good, of each kind (docs/security.md, check 27)."""
    written_for_good(house)
    for model in apps.get_app_config("council").get_models():
        if not getattr(model, "append_only", False):
            continue
        assert model._default_manager.exists()
        key = model._meta.pk.column
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(model._meta.db_table, key, key))


def test_a_ballot_is_held_and_a_rule_made_with_no_more_than_the_applications_role(
    as_application: psycopg.Connection[Any], request: pytest.FixtureRequest, house: Center
) -> None:
    """From the opening to the rule that is in force, nothing written for good is ever changed (docs/security.md, check 27)."""
    request.getfixturevalue("site_role")
    ballot = written_for_good(house)
    assert (ballot.result.verdict, ballot.motion.rule_made.rule.number) == (Verdict.ADOPTED, 1)
    assert verify.check(ballot).findings == []


@pytest.mark.django_db
def test_a_raw_motion_of_another_houses_seat_is_refused(house: Center, other_house: Center) -> None:
    """A motion and its mover are of one council (docs/security.md, check 4)."""
    ballot, _holders = held_ballot(house)
    elsewhere = make_seat(make_council(other_house))
    with refused("motion_mover_of_council"), transaction.atomic():
        Motion.objects.filter(pk=ballot.motion_id).update(mover=elsewhere)
        at_once()


@pytest.mark.django_db
def test_a_raw_ballot_on_another_houses_motion_is_refused(house: Center, other_house: Center) -> None:
    """A ballot and its motion are of one council (docs/security.md, check 4)."""
    ballot, _holders = held_ballot(house)
    next_door, _others = held_ballot(other_house)
    with refused("ballot_motion_of_council"), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(motion=next_door.motion, closed_at=clock.now())
        at_once()


@pytest.mark.django_db
def test_a_raw_notice_in_another_houses_room_is_refused(house: Center, other_house: Center, member: User) -> None:
    """A notice and its room are of one house (docs/security.md, check 4)."""
    in_every_table(house, member)
    elsewhere = Room.objects.create(center=other_house, slug="sal", name="Sal", kind="hall", capacity=10)
    with refused("rule_notice_room_of_house"), transaction.atomic():
        RuleNotice.objects.update(room=elsewhere)
        at_once()


def at_once() -> None:
    """Check the keys that wait for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- reserved words -------------------------------------------------------------------------------------------------


def first_segments() -> set[str]:
    """The first words of all addresses that are not a house's."""
    segments = set()
    for entry in get_resolver().url_patterns:
        nested = entry.url_patterns if isinstance(entry, URLResolver) and str(entry.pattern) == "" else [entry]
        segments |= {str(route.pattern).split("/")[0] for route in nested if isinstance(route.pattern, RoutePattern)}
    return {segment for segment in segments if segment and not segment.startswith("<")}


def test_every_first_word_of_an_address_is_reserved() -> None:
    """The list is compared with the URLconf (docs/security.md, check 28)."""
    assert first_segments() <= set(RESERVED_SLUGS)
    assert {"static", "media", "konto", "mig", "admin"} <= set(RESERVED_SLUGS)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_a_house_cannot_take_a_reserved_word(slug: str) -> None:
    """A CHECK refuses each (docs/security.md, check 28)."""
    with refused("center_slug_is_free"), transaction.atomic():
        CenterFactory.create(slug=slug)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["Hus", "hus/mig", "-hus", "hus-", "h--s", "", "hus\n"])
def test_a_house_has_an_address_that_can_be_one(slug: str) -> None:
    """A CHECK refuses every other shape (docs/security.md, check 28)."""
    with refused("center_slug_has_shape"), transaction.atomic():
        CenterFactory.create(slug=slug)
