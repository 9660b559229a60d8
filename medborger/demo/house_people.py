"""The demo's people: the log-ins, a contact for every actor, roles, and who is at the desk. All of them are invented."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from actors.enums import ActorRole, Role, Tie
from actors.models import CenterRole, Duty, Membership, User
from centers.hours import Hours, Interval
from medborger.common import clock
from medborger.demo import logins
from medborger.demo.houses import House
from medborger.demo.plan import FOLDER
from medborger.demo.year import chance

SALT = "MedborgerDemoMedborger"  # the password is public; a fixed salt lets a day's demo be the same everywhere
ROLES = {
    "medarbejder": Role.STAFF,
    "bookingansvarlig": Role.BOOKING_ADMIN,
    "koordinator": Role.COORDINATOR,
    "leder": Role.MANAGER,
}
PLACES = {
    "medlem": ActorRole.MEMBER,
    "raad": ActorRole.CONTACT,
    "suppleant": ActorRole.MEMBER,
    "phone": ActorRole.MEMBER,
}
AT_THE_DESK = ("medarbejder", "koordinator", "bookingansvarlig")
SHOWN_AT_THE_DESK = ("medarbejder", "koordinator")
LONGEST_DUTY = 5 * 60  # minutes
SINCE = timedelta(days=500)
LATIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ł": "l", "ı": "i"})


def write_people(houses: list[House], seed: str, today: date) -> None:
    """Write everybody, and leave with each house who books for which actor and who is at the desk."""
    password = make_password(logins.PASSWORD, SALT)
    joined_at = clock.midnight(today - SINCE)
    members = {
        (house.plan.slug, key): _user(house, key, name, joined_at)
        for house in houses
        for key, name in house.plan.people["names"].items()
    }
    names = {
        which: text.split()
        for which, text in tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8")).items()
    }
    contacts = {
        (house.plan.slug, name): _contact(house, name, seed, names) for house in houses for name in _with_contact(house)
    }
    admin = User(email=logins.ADMIN, name="Drift Medborger", is_admin=True)
    everybody = [admin, *members.values(), *contacts.values()]
    for user in everybody:
        user.password, user.joined_at, user.seen_on = password, joined_at, today - timedelta(days=1)
    User.objects.bulk_create(everybody)
    for house in houses:
        slug = house.plan.slug
        own = {key: user for (of, key), user in members.items() if of == slug}
        _write_ties(house, own, {name: user for (of, name), user in contacts.items() if of == slug}, (today - SINCE))
        Duty.objects.bulk_create(
            _duties(house, [own[key] for key in AT_THE_DESK], [own[key] for key in SHOWN_AT_THE_DESK], today)
        )


def _user(house: House, key: str, name: str, joined_at: datetime) -> User:
    if key == "phone":
        return User(phone=logins.PHONE, phone_verified_at=joined_at, name=name, notices_by_sms=True)
    return User(email=logins.address(key, house.plan.slug), name=name)


def _contact(house: House, actor: str, seed: str, names: Mapping[str, list[str]]) -> User:
    first, last = (names[which][int(chance(seed, which, actor) * len(names[which]))] for which in ("first", "last"))
    return User(email=f"{slugify(actor.translate(LATIN))}@{house.plan.slug}.example", name=f"{first} {last}")


def _with_contact(house: House) -> list[str]:
    """The actors whose people log in; for those from outside the house books."""
    return [actor.name for actor in house.plan.actors if actor.tie != Tie.EXTERNAL]


def _write_ties(house: House, own: dict[str, User], contacts: dict[str, User], since: date) -> None:
    places = [
        Membership(user=user, actor=house.actors[name], role=ActorRole.CONTACT, since=since)
        for name, user in contacts.items()
    ]
    house.bookers = {name: [user] for name, user in contacts.items()}
    for key, name in house.plan.people["members_of"].items():
        places.append(Membership(user=own[key], actor=house.actors[name], role=PLACES[key], since=since))
        house.bookers[name].append(own[key])
    Membership.objects.bulk_create(places)
    CenterRole.objects.bulk_create(
        CenterRole(user=own[key], center=house.center, role=role, since=since) for key, role in ROLES.items()
    )
    house.staff = [own[key] for key in ROLES]


def _duties(house: House, desk: list[User], shown: list[User], today: date) -> Iterator[Duty]:
    """From a week back to four weeks ahead; the desk takes turns."""
    first, last = today - timedelta(days=7), today + timedelta(days=28)
    hours = Hours(house.center, first, last)
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        shifts = [shift for interval in hours.on(day).intervals if interval.staffed for shift in _shifts(interval)]
        for turn, (start, end) in enumerate(shifts):
            user = desk[(day.toordinal() + turn) % len(desk)]
            yield Duty(
                center=house.center,
                user=user,
                starts_at=clock.at(day, start),
                ends_at=clock.at(day, end),
                show_first_name=user in shown,
            )


def _shifts(interval: Interval) -> list[tuple[int, int]]:
    if interval.closes - interval.opens <= LONGEST_DUTY:
        return [(interval.opens, interval.closes)]
    middle = (interval.opens + interval.closes) // 120 * 60
    return [(interval.opens, middle), (middle, interval.closes)]
