"""Whom a digest is made for, and which lines of the week each is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from actors.access import Access
from actors.digest_lines import DigestLine, DigestPart
from actors.enums import Role
from centers.models import Center
from collaboration.digests import weeks
from collaboration.digests.enums import DigestState
from collaboration.digests.frozen_content import KEPT, DigestEntry
from collaboration.digests.models import Digest, Snooze, Subscription

Told = Sequence[tuple[DigestPart, DigestLine]]


@dataclass
class Recipient:
    """A subscription that is due. `access` is None for the house's own copy."""

    subscription: Subscription
    access: Access | None
    dues: list[datetime]
    now: datetime
    put_off: set[str] = field(default_factory=set)
    skipped_before: list[date] = field(default_factory=list)

    @property
    def is_reached(self) -> bool:
        """Whether a letter can go to them."""
        user = self.subscription.user
        return user is not None and bool(user.email or user.phone)

    @property
    def languages(self) -> tuple[str, ...]:
        user = self.subscription.user
        return (user.language,) if user is not None else ("da", "en")

    @property
    def due(self) -> datetime | None:
        """When the one that is made now was due; None: the newest is too late as well."""
        newest = self.dues[-1]
        return newest if self.now - newest <= weeks.LATEST else None

    @property
    def skipped(self) -> list[date]:
        """The Mondays of the weeks that are left out by this making."""
        late = [due for due in self.dues if due != self.due]
        return sorted({weeks.week_of(due) for due in late})

    @property
    def still_reads(self) -> bool:
        """Whether they belong to the house today; one that came with the role ends with it."""
        if self.access is None:
            return True
        user, center_id = self.subscription.user, self.subscription.center_id
        if user is None or not user.is_active or not self.access.is_tied_to(center_id):
            return False
        return self.subscription.by_choice or Role.COORDINATOR in self.access.roles_in(center_id)

    def chosen(self, told: Told, *, has_forum: bool) -> tuple[DigestEntry, ...]:
        """What of the week this reader is told: what concerns them, is new to them, and they have not dealt with; each thing once."""
        lines: dict[str, tuple[DigestPart, DigestLine]] = {}
        for part, line in told:
            if line.key not in lines and self._is_told(line):
                lines[line.key] = part, line
        kept: dict[DigestPart, list[DigestEntry]] = defaultdict(list)
        for part, line in lines.values():
            if len(kept[part]) < KEPT:
                kept[part].append(DigestEntry.of(part, line, to=self.subscription.user_id, has_forum=has_forum))
        return tuple(entry for entries in kept.values() for entry in entries)

    def _is_told(self, line: DigestLine) -> bool:
        if line.at is not None and line.at <= self.subscription.covered_until:
            return False
        if self.access is None:
            return line.concerns.everyone or bool(line.concerns.roles)
        user = self.subscription.user
        assert user is not None
        if line.done_by == user.pk or line.key in self.put_off:
            return False
        return line.concerns.holds_for(user, self.access, self.subscription.center_id)


def of_house(subscriptions: Iterable[Subscription], center: Center, now: datetime) -> list[Recipient]:
    """Those that are due, with all that is needed to choose for them; three statements, however many they are."""
    subscriptions = list(subscriptions)
    users = [subscription.user for subscription in subscriptions if subscription.user is not None]
    access_of = Access.of_many(users)
    put_off = _put_off(center, access_of, now)
    skipped = _skipped_before(center, subscriptions, now)
    return [
        Recipient(
            subscription,
            access_of[subscription.user_id] if subscription.user_id else None,
            dues=list(weeks.missed(subscription.weekday, subscription.minute, _due(subscription), now)),
            now=now,
            put_off=put_off[subscription.user_id or 0],
            skipped_before=skipped[subscription.user_id],
        )
        for subscription in subscriptions
    ]


def _due(subscription: Subscription) -> datetime:
    assert subscription.next_at is not None
    return subscription.next_at


def _put_off(center: Center, access_of: Mapping[int, Access], now: datetime) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Snooze.objects.in_force(now).filter(center=center, user__in=list(access_of))
    for user_id, key in rows.values_list("user", "key"):
        found[user_id].add(key)
    return found


def _skipped_before(
    center: Center, subscriptions: Sequence[Subscription], now: datetime
) -> defaultdict[int | None, list[date]]:
    """The weeks that were left out since each was told anything; nothing is asked where all were told a week ago."""
    found: defaultdict[int | None, list[date]] = defaultdict(list)
    since = {subscription.user_id: subscription.covered_until for subscription in subscriptions}
    if min(since.values()) > now - weeks.WEEK - weeks.LATEST:
        return found
    rows = Digest.objects.filter(center=center, state=DigestState.SKIPPED, made_at__gte=min(since.values())).order_by(
        "week_starts_on"
    )
    for user_id, monday, made_at in rows.values_list("recipient", "week_starts_on", "made_at"):
        if user_id in since and made_at >= since[user_id]:
            found[user_id].append(monday)
    return found
