"""Founding a forum, saying how often it meets and who keeps it going; which actors are in it; proposing an item for its agenda."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import Resolver404, resolve, reverse

from actors.access import Access
from actors.errors import ActorNotInHouse
from actors.meetings.actions import ItemData
from actors.meetings.models import AgendaItem
from actors.models import Actor, User
from centers.enums import Weekday
from centers.models import Center, Room
from collaboration.forum import emails, errors
from collaboration.forum.enums import ForumEvent, Nth, Rhythm
from collaboration.forum.models import Forum, ForumMember, ProposedItem
from collaboration.forum.permissions import coordinates, holds, keeps
from medborger.common import audit, clock
from medborger.common.errors import AlreadyDone, NotAllowed, Stale, violated
from medborger.common.messaging import outbox


@dataclass(frozen=True)
class ForumFrame:
    """How often, when and where a forum meets. `start` is minutes since midnight, `length` minutes; `nth` is None for weeks."""

    name: str
    counts_from: date
    rhythm: Rhythm = Rhythm.MONTHS
    every: int = 1
    weekday: Weekday = Weekday.THURSDAY
    nth: Nth | None = Nth.FIRST
    start: int = 9 * 60
    length: int = 120
    room: Room | None = None
    place: str = ""


def found(*, center: Center, frame: ForumFrame, by: Access) -> Forum:
    """Give the house a forum. Raises NotAllowed for who does not coordinate, ForumAlready, RoomElsewhere, OverMidnight."""
    if not coordinates(by, center):
        raise NotAllowed
    _check(frame, center)
    try:
        with transaction.atomic():
            forum = Forum.objects.create(center=center, founded_on=clock.today(), **vars(frame))
            audit.record(ForumEvent.FOUNDED, forum, by=by.user)
    except IntegrityError as error:
        if violated(error) == "forum_forum_center_id_key":
            raise errors.ForumAlready from error
        raise
    return forum


@transaction.atomic
def change(*, forum: Forum, frame: ForumFrame, version: int, by: Access) -> Forum:
    """Meet otherwise from now on; meetings that are planned stay as they are.

    Raises Stale when it was changed since `version`, NotAllowed, RoomElsewhere, OverMidnight.
    """
    fresh = locked(forum, by)
    if fresh.version != version:
        raise Stale(current=fresh)
    _check(frame, fresh.center)
    changed = [name for name, value in vars(frame).items() if getattr(fresh, name) != value]
    if not changed:
        return fresh
    for name, value in vars(frame).items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    audit.record(ForumEvent.CHANGED, fresh, by=by.user, fields=changed)
    return fresh


@transaction.atomic
def name_holder(*, forum: Forum, user: User, until: date | None = None, by: Access) -> Forum:
    """Give it to somebody of the house to keep going, in place of who did; both are told. `until` is their last day, if it is known.

    Raises NotAllowed for who does not coordinate, NotInTheHouse, LastDayIsPast.
    """
    fresh = locked(forum, by)
    if not coordinates(by, fresh.center):
        raise NotAllowed
    if not Access.of(user).is_tied_to(fresh.center_id):
        raise errors.NotInTheHouse
    _check_last_day(until)
    before, same = fresh.holder, fresh.holder_id == user.pk
    fresh.holder, fresh.holder_until = user, until
    _save_holder(fresh)
    act = audit.record(ForumEvent.HOLDER_NAMED, fresh, by=by.user, user=user.pk)
    if not same:
        outbox.post(emails.handed_over(fresh, act, before=before))
    return fresh


@transaction.atomic
def end_holder(*, forum: Forum, last_day: date, by: Access) -> Forum:
    """Say when the holder's last day is, by who coordinates or the holder; from then on the forum warns, until another is named.

    Raises NotAllowed, NobodyHoldsIt, LastDayIsPast.
    """
    fresh = locked(forum, by)
    if not fresh.is_held:
        raise errors.NobodyHoldsIt
    _check_last_day(last_day)
    fresh.holder_until = last_day
    _save_holder(fresh)
    audit.record(ForumEvent.HOLDER_ENDED, fresh, by=by.user)
    return fresh


def locked(forum: Forum, by: Access) -> Forum:
    """The forum as it is now, its row locked, for who keeps it. Raises NotAllowed."""
    rows = Forum.objects.select_for_update(of=("self",), no_key=True)
    fresh: Forum = rows.with_holder().select_related("center", "room").get(pk=forum.pk)
    if not (coordinates(by, fresh.center) or holds(by, fresh)):
        raise NotAllowed
    return fresh


def _save_holder(forum: Forum) -> None:
    forum.version += 1
    forum.save(update_fields=["holder", "holder_until", "version"])


def _check(frame: ForumFrame, center: Center) -> None:
    if frame.room is not None and frame.room.center_id != center.pk:
        raise errors.RoomElsewhere
    if frame.start + frame.length > clock.MINUTES_A_DAY:
        raise errors.OverMidnight


def _check_last_day(day: date | None) -> None:
    if day is not None and day < clock.today():
        raise errors.LastDayIsPast


@transaction.atomic
def add_member(*, forum: Forum, actor: Actor, by: Access) -> ForumMember:
    """Let an actor of the house into the forum: its contact persons are invited from the next meeting on.

    Raises NotAllowed, ActorNotInHouse, MemberAlready.
    """
    forum = locked(forum, by)
    if not Actor.objects.in_house(forum.center_id).filter(pk=actor.pk).exists():
        raise ActorNotInHouse
    try:
        with transaction.atomic():
            member = ForumMember.objects.create(forum=forum, actor=actor, since=clock.today())
    except IntegrityError as error:
        if violated(error) == "forum_member_once_at_a_time":
            raise errors.MemberAlready from error
        raise
    audit.record(ForumEvent.MEMBER_ADDED, member, by=by.user, center_id=forum.center_id, actor=actor.pk)
    return member


@transaction.atomic
def remove_member(*, member: ForumMember, by: Access) -> None:
    """The actor leaves the forum today; one that has left already is left as it is. Raises NotAllowed."""
    forum = locked(member.forum, by)
    ended = ForumMember.objects.filter(pk=member.pk, until=None).update(until=clock.today())
    if ended:
        audit.record(ForumEvent.MEMBER_REMOVED, member, by=by.user, center_id=forum.center_id, actor=member.actor_id)


# Of all in a house, and of one person who does not keep its forum: nobody fills it so that the others cannot be heard.
MOST_WAITING, MOST_OF_ONE = 100, 20
LONGEST_PATH = 200


def propose(*, center: Center, words: ItemData, about: str = "", by: Access, token: UUID | None = None) -> ProposedItem:
    """Put something before the forum. `about` is the path of a page of the house. The same form sent twice makes one, and so does the
    same page while it waits: AlreadyDone carries the one that stands.

    Raises NotAllowed for who does not belong to the house, NoForum, NotOurPage, ActorNotInHouse, TooManyWaiting, TooManyOfYours, and
    NotWaiting when what stood was taken up at that instant.
    """
    if not by.is_tied_to(center.pk):
        raise NotAllowed
    if not Forum.objects.filter(center=center).exists():
        raise errors.NoForum
    if about and not is_page_of(center, about):
        raise errors.NotOurPage
    _check_actors(center, words)
    try:
        with transaction.atomic():
            return _propose(center, words, about, by, token)
    except IntegrityError as error:
        before = {
            "proposed_item_waits_once": ProposedItem.objects.filter(center=center, about=about).waiting(),
            "forum_proposeditem_form_token_key": ProposedItem.objects.filter(form_token=token),
        }.get(violated(error))
        if before is None:
            raise
        access = before.first()
        if access is None:  # reached or declined since the insert was refused
            raise errors.NotWaiting from error
        raise AlreadyDone(outcome=access) from error


def _propose(center: Center, words: ItemData, about: str, by: Access, token: UUID | None) -> ProposedItem:
    Forum.objects.select_for_update(no_key=True).get(center=center)
    if ProposedItem.objects.filter(center=center).waiting().count() >= MOST_WAITING:
        raise errors.TooManyWaiting
    own = ProposedItem.objects.filter(center=center, proposed_by=by.user.pk).waiting()
    if own.count() >= MOST_OF_ONE and not keeps(by, center):
        raise errors.TooManyOfYours
    item = ProposedItem.objects.create(
        center=center,
        about=about,
        proposed_by_id=by.user.pk,
        proposed_for_id=_speaks_for(words, by, center),
        proposed_at=clock.now(),
        form_token=token,
        **words.columns,
    )
    item.audience.set(words.audience)
    audit.record(ForumEvent.PROPOSED, item, by=by.user)
    return item


@transaction.atomic
def withdraw(*, item: ProposedItem, by: Access) -> ProposedItem:
    """Take back what one has proposed. Raises NotYours, NotWaiting."""
    item = _locked(item)
    if not may_withdraw(item, by):
        raise errors.NotYours
    if item.withdrawn_at is None:
        _check_waits(item)
        item.withdrawn_at = clock.now()
        item.save(update_fields=["withdrawn_at"])
        audit.record(ForumEvent.WITHDRAWN, item, by=by.user)
    return item


def may_withdraw(item: ProposedItem, by: Access) -> bool:
    """Who proposed it, and the people of the actor it was proposed for."""
    return item.proposed_by_id == by.user.pk or item.proposed_for_id in by.actors_in(item.center_id)


@transaction.atomic
def decline(*, item: ProposedItem, reason: str, by: Access) -> ProposedItem:
    """Say no to it, with a reason that all in the house can read; who proposed it is told. Raises NotAllowed, NotWaiting."""
    item = _locked(item)
    if not keeps(by, item.center):
        raise NotAllowed
    _check_waits(item)
    item.declined_at, item.declined_by_id, item.reason = clock.now(), by.user.pk, reason
    item.save(update_fields=["declined_at", "declined_by", "reason"])
    audit.record(ForumEvent.DECLINED, item, by=by.user)
    outbox.post(emails.declined(item))
    return item


def note_reached(item: AgendaItem) -> None:
    """Within the caller's transaction: what is written or agreed under an item says that the forum has reached what was proposed; taken
    away again, it waits as before."""
    proposal = _proposal_of(item)
    if proposal is None:
        return
    proposals = ProposedItem.objects.filter(center=item.meeting.center_id, pk=proposal)
    if item.is_minuted or item.action_points.exists():
        proposals.waiting().update(reached_at=clock.now())
    else:
        proposals.filter(reached_at__isnull=False).update(reached_at=None)


def _proposal_of(item: AgendaItem) -> int | None:
    """The id of the proposal that an agenda item is about."""
    try:
        match = resolve(item.about)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.url_name == "forum_proposal" else None


def _locked(item: ProposedItem) -> ProposedItem:
    rows = ProposedItem.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("center", "proposed_for", "proposed_by").get(pk=item.pk)


def _check_waits(item: ProposedItem) -> None:
    if not item.waits:
        raise errors.NotWaiting


def is_page_of(center: Center, path: str) -> bool:
    """Whether it is the path of a page under the house's own address, and nothing else."""
    if len(path) > LONGEST_PATH or not path.startswith("/") or path.startswith("//"):
        return False
    if not path.isprintable() or "\\" in path:
        return False
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return False
    return match.kwargs.get("hus") == center.slug


def _check_actors(center: Center, words: ItemData) -> None:
    named = {actor.pk for actor in (*words.audience, *([words.owner] if words.owner else []))}
    if named and Actor.objects.in_house(center.pk).filter(pk__in=named).count() != len(named):
        raise ActorNotInHouse


def _speaks_for(words: ItemData, by: Access, center: Center) -> int | None:
    """The actor the person proposes it for: who is to present it, if that is their own, else the only one they act for."""
    own = by.actors_in(center.pk)
    if words.owner is not None and words.owner.pk in own:
        return words.owner.pk
    return next(iter(own)) if len(own) == 1 else None


def address(item: ProposedItem) -> str:
    """The path of its page, which the agenda links to."""
    return reverse("forum_proposal", kwargs={"hus": item.center.slug, "pk": item.pk})
