"""Houses, people and bookings for tests. Bookings are made by `bookings.actions.book`, so they obey all the rules."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Generic, TypeVar

import factory
from allauth.mfa.models import Authenticator
from django.db.models import Model
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from actors.access import Access
from actors.enums import ActorKind, ActorRole, Role, Tie
from actors.models import Actor, Affiliation, CenterRole, Duty, Membership, RoomHolder, TargetGroup, Theme, User
from bookings import actions
from bookings.enums import Audience
from bookings.models import Booking, Closure
from bookings.rules import BookingData, Slot
from centers.enums import CenterType, RoomKind
from centers.hours import holiday_name
from centers.models import Center, Facility, OpeningHours, Room
from medborger.common import clock

M = TypeVar("M", bound=Model)


class ModelFactory(factory.django.DjangoModelFactory[M], Generic[M]):
    """`create()` says in its type what it makes."""

    class Meta:
        abstract = True

    @classmethod
    def create(cls, **fields: Any) -> M:
        made: M = super().create(**fields)
        return made


class UserFactory(ModelFactory[User]):
    """A person with a mail address and no password (log in with `client.force_login`), and at once with a tie if one is named:
    `staff_in=center`, `manager_of=center`, `member_of=actor`, `contact_of=actor`."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@huset.example")
    name = factory.Sequence(lambda n: f"Asta Prøve{n}")
    joined_at = factory.LazyFunction(clock.now)
    seen_on = factory.LazyFunction(clock.today)
    password = "!"  # unusable

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        houses = {fields.pop("staff_in", None): Role.STAFF, fields.pop("manager_of", None): Role.MANAGER}
        actors = {fields.pop("member_of", None): ActorRole.MEMBER, fields.pop("contact_of", None): ActorRole.CONTACT}
        user: User = super()._create(model_class, *args, **fields)
        if user.is_admin:
            second_factor(user)
        for center, role in houses.items():
            if center:
                CenterRoleFactory.create(user=user, center=center, role=role)
        for actor, place in actors.items():
            if actor:
                MembershipFactory.create(user=user, actor=actor, role=place)
        return user


class CenterFactory(ModelFactory[Center]):
    """A house open every day from 8 to 22: staffed until 16, self-service after; `hours=[(opens, closes, staffed), …]` for others."""

    class Meta:
        model = Center

    name = factory.Sequence(lambda n: f"Huset {n}")
    slug = factory.Sequence(lambda n: f"hus-{n}")
    primary_type = CenterType.ASSOCIATION
    town = "Aarhus"

    @classmethod
    def _create(cls, model_class: type[Center], *args: Any, **fields: Any) -> Center:
        hours = fields.pop("hours", [(8 * 60, 16 * 60, True), (16 * 60, 22 * 60, False)])
        center: Center = super()._create(model_class, *args, **fields)
        OpeningHours.objects.bulk_create(
            OpeningHours(center=center, weekday=weekday, opens=opens, closes=closes, staffed=staffed)
            for weekday in range(7)
            for opens, closes, staffed in hours
        )
        return center


class FacilityFactory(ModelFactory[Facility]):
    class Meta:
        model = Facility

    slug = factory.Sequence(lambda n: f"facilitet-{n}")
    name = factory.Sequence(lambda n: f"Facilitet {n}")
    name_en = factory.Sequence(lambda n: f"Facility {n}")


class RoomFactory(ModelFactory[Room]):
    class Meta:
        model = Room

    center = factory.SubFactory(CenterFactory)
    name = factory.Sequence(lambda n: f"Lokale {n}")
    slug = factory.Sequence(lambda n: f"lokale-{n}")
    kind = RoomKind.MEETING
    capacity = 20


class ThemeFactory(ModelFactory[Theme]):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"emne-{n}")
    name = factory.Sequence(lambda n: f"Emne {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")


class TargetGroupFactory(ModelFactory[TargetGroup]):
    class Meta:
        model = TargetGroup

    slug = factory.Sequence(lambda n: f"gruppe-{n}")
    name = factory.Sequence(lambda n: f"Gruppe {n}")
    name_en = factory.Sequence(lambda n: f"Group {n}")


class ActorFactory(ModelFactory[Actor]):
    """An association. `house=center` gives it a tie to the house, ad hoc unless `tie` says otherwise."""

    class Meta:
        model = Actor

    name = factory.Sequence(lambda n: f"Foreningen {n}")
    kind = ActorKind.ASSOCIATION

    @classmethod
    def _create(cls, model_class: type[Actor], *args: Any, **fields: Any) -> Actor:
        house, tie = fields.pop("house", None), fields.pop("tie", Tie.AD_HOC)
        actor: Actor = super()._create(model_class, *args, **fields)
        if house is not None:
            Affiliation.objects.create(actor=actor, center=house, tie=tie, since=clock.today() - timedelta(days=365))
        return actor


class MembershipFactory(ModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    actor = factory.SubFactory(ActorFactory)
    role = ActorRole.MEMBER
    since = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))


def passkey() -> dict[str, Any]:
    """What a browser registers for a passkey: an ES256 key that nobody holds."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(b"\0" * 16, b"credential", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, credential)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name = websafe_encode(b"credential")
    return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def second_factor(user: User) -> None:
    """Who holds a role has a passkey: without a second factor every page sends them to set one up."""
    key = {"name": "Nøgle", "credential": passkey()}
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.WEBAUTHN, defaults={"data": key})


class CenterRoleFactory(ModelFactory[CenterRole]):
    """A role, held by somebody who has set up the second factor that it demands."""

    class Meta:
        model = CenterRole

    @classmethod
    def _create(cls, model_class: type[CenterRole], *args: Any, **fields: Any) -> CenterRole:
        held: CenterRole = super()._create(model_class, *args, **fields)
        second_factor(held.user)
        return held

    user = factory.SubFactory(UserFactory)
    center = factory.SubFactory(CenterFactory)
    role = Role.STAFF
    since = factory.LazyFunction(lambda: clock.today() - timedelta(days=30))


class RoomHolderFactory(ModelFactory[RoomHolder]):
    class Meta:
        model = RoomHolder

    room = factory.SubFactory(RoomFactory)
    actor = factory.SubFactory(ActorFactory)


class DutyFactory(ModelFactory[Duty]):
    """Somebody at the desk now, for two hours, shown to nobody."""

    class Meta:
        model = Duty

    center = factory.SubFactory(CenterFactory)
    user = factory.SubFactory(UserFactory)
    starts_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: clock.now() + timedelta(hours=1))


def person_with(role: Role, center: Center, **fields: Any) -> User:
    """A new person with a role in the house."""
    return CenterRoleFactory.create(user=UserFactory.create(**fields), center=center, role=role).user


def working_day(ahead: int = 7) -> date:
    """A Tuesday at least `ahead` days from today that is no public holiday of the house's week: open in every test."""
    day = clock.today() + timedelta(days=ahead)
    day += timedelta(days=(1 - day.weekday()) % 7)
    while holiday_name(day, ()):
        day += timedelta(days=7)
    return day


def slot(room: Room, start: int = 18 * 60, end: int = 20 * 60, day: date | None = None) -> Slot:
    """A time in the room, in minutes since midnight, on a coming working day."""
    return Slot(room, day or working_day(), start, end)


class BookingFactory:
    """Books by the action. A room and an actor of its house are made when none are given; who books is one of the actor's people."""

    @staticmethod
    def create(
        *,
        room: Room | None = None,
        actor: Actor | None = None,
        by: User | None = None,
        day: date | None = None,
        start: int = 18 * 60,
        end: int = 20 * 60,
        title: str = "Folkedans",
        audience: Audience = Audience.CLOSED,
        **wish: Any,
    ) -> Booking:
        room = room or RoomFactory.create()
        actor = actor or ActorFactory.create(house=room.center)
        by = by or UserFactory.create(member_of=actor)
        wanted = BookingData(slot=slot(room, start, end, day), actor=actor, title=title, audience=audience, **wish)
        return actions.book(center=room.center, data=wanted, by=Access.of(by))


def past_booking(room: Room, actor: Actor, by: User | None, ends_at: datetime, title: str = "Folkedans") -> Booking:
    """A booking that is over: written as it stands, since nobody can book the past."""
    booking = Booking.objects.create(
        center=room.center,
        room=room,
        starts_at=ends_at - timedelta(hours=2),
        ends_at=ends_at,
        title=title,
        booked_by=by,
        created_at=ends_at - timedelta(days=14),
    )
    booking.parties.create(actor=actor)
    return booking


def close_room(room: Room, by: User, day: date | None = None, start: int = 8 * 60, end: int = 22 * 60) -> Closure:
    """A closure of the room, in force."""
    wanted = slot(room, start, end, day)
    return actions.close(
        center=room.center,
        rooms=[room],
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        reason="Nyt gulv",
        on_clash="wait",
        token=None,
        by=Access.of(by),
    )
