"""Whom a breach touches: what the controller must know within 72 hours (GDPR article 33)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from actors.models import Affiliation, CenterRole, Membership, User
from medborger.common import clock
from medborger.common.models import Audit


@dataclass(frozen=True)
class Touched:
    """A person whose data could be read, and through what."""

    user: User
    reasons: tuple[str, ...]


def touched(*, first: date, last: date, account: User | None = None) -> list[Touched]:
    """Whose data a breach from `first` to `last` (both included) could reach, by user id.

    Through one `account`: those that it could see with the roles and places it held in those days. Without one, the whole
    database: everybody who had a user then.
    """
    if account is None or account.is_admin:
        everybody = User.objects.filter(_existed(first, last)).order_by("pk")
        return [Touched(user, ("the whole database",)) for user in everybody]
    reasons = {
        "the account itself": User.objects.filter(pk=account.pk),
        "in an association of the account": _colleagues(account, first, last),
        "in an association of a house where the account worked": _guests(account, first, last),
        "worked in the same house": _workmates(account, first, last),
    }
    found: dict[int, tuple[User, list[str]]] = {}
    for reason, users in reasons.items():
        for user in users.filter(_existed(first, last)).distinct():
            found.setdefault(user.pk, (user, []))[1].append(reason)
    return [Touched(user, tuple(why)) for _pk, (user, why) in sorted(found.items())]


def acts(*, first: date, last: date, account: User | None = None) -> Counter[str]:
    """How often each verb stands in the audit trail of those days, by the account or by anybody."""
    rows = Audit.objects.filter(at__gte=clock.midnight(first), at__lt=clock.at(last, clock.MINUTES_A_DAY))
    if account is not None:
        rows = rows.filter(person=account)
    return Counter(rows.values_list("verb", flat=True))


def _existed(first: date, last: date) -> Q:
    not_erased = Q(erased_at=None) | Q(erased_at__gte=clock.midnight(first))
    return not_erased & Q(joined_at__lt=clock.at(last, clock.MINUTES_A_DAY))


def _held(first: date, last: date) -> Q:
    return Q(since__lte=last) & (Q(until=None) | Q(until__gte=first))


def _colleagues(account: User, first: date, last: date) -> QuerySet[User]:
    actors = Membership.objects.filter(_held(first, last), user=account).values("actor")
    return _people_of(actors, first, last)


def _guests(account: User, first: date, last: date) -> QuerySet[User]:
    actors = Affiliation.objects.filter(_held(first, last), center__in=_houses(account, first, last)).values("actor")
    return _people_of(actors, first, last)


def _workmates(account: User, first: date, last: date) -> QuerySet[User]:
    roles = CenterRole.objects.filter(_held(first, last), center__in=_houses(account, first, last))
    return User.objects.filter(pk__in=roles.values("user"))


def _people_of(actors: QuerySet[Any, Any], first: date, last: date) -> QuerySet[User]:
    places = Membership.objects.filter(_held(first, last), actor__in=actors)
    return User.objects.filter(pk__in=places.values("user"))


def _houses(account: User, first: date, last: date) -> QuerySet[CenterRole, Any]:
    return CenterRole.objects.filter(_held(first, last), user=account).values("center")
