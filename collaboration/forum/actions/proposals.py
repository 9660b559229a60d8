"""Proposing an item for the forum; anybody who belongs to the house may."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import Resolver404, resolve, reverse

from actors.meetings.actions import ItemWords
from actors.models import Actor
from collaboration.forum import emails, errors
from collaboration.forum.enums import Verb
from collaboration.forum.models import Forum, ProposedItem
from collaboration.forum.permissions import keeps
from medborger.common import audit, clock, outbox
from medborger.common.errors import AlreadyDone, NotAllowed, violated

if TYPE_CHECKING:
    from actors.meetings.models import AgendaItem
    from actors.standing import Standing
    from centers.models import Center

# Of all in a house, and of one person who does not keep its forum: nobody fills it so that the others cannot be heard.
MOST_WAITING, MOST_OF_ONE = 100, 20
LONGEST_PATH = 200


def propose(
    *, center: Center, words: ItemWords, about: str = "", by: Standing, token: UUID | None = None
) -> ProposedItem:
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
        standing = before.first()
        if standing is None:  # reached or declined since the insert was refused
            raise errors.NotWaiting from error
        raise AlreadyDone(standing) from error


def _propose(center: Center, words: ItemWords, about: str, by: Standing, token: UUID | None) -> ProposedItem:
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
    audit.record(Verb.PROPOSED, item, by=by.user)
    return item


@transaction.atomic
def withdraw(*, item: ProposedItem, by: Standing) -> ProposedItem:
    """Take back what one has proposed. Raises NotYours, NotWaiting."""
    item = _locked(item)
    if not may_withdraw(item, by):
        raise errors.NotYours
    if item.withdrawn_at is None:
        _check_waits(item)
        item.withdrawn_at = clock.now()
        item.save(update_fields=["withdrawn_at"])
        audit.record(Verb.WITHDRAWN, item, by=by.user)
    return item


def may_withdraw(item: ProposedItem, by: Standing) -> bool:
    """Who proposed it, and the people of the actor it was proposed for."""
    return item.proposed_by_id == by.user.pk or item.proposed_for_id in by.actors_in(item.center_id)


@transaction.atomic
def decline(*, item: ProposedItem, reason: str, by: Standing) -> ProposedItem:
    """Say no to it, with a reason that all in the house can read; who proposed it is told. Raises NotAllowed, NotWaiting."""
    item = _locked(item)
    if not keeps(by, item.center):
        raise NotAllowed
    _check_waits(item)
    item.declined_at, item.declined_by_id, item.reason = clock.now(), by.user.pk, reason
    item.save(update_fields=["declined_at", "declined_by", "reason"])
    audit.record(Verb.DECLINED, item, by=by.user)
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


def _check_actors(center: Center, words: ItemWords) -> None:
    named = {actor.pk for actor in (*words.audience, *([words.owner] if words.owner else []))}
    if named and Actor.objects.in_house(center.pk).filter(pk__in=named).count() != len(named):
        raise errors.ActorNotInHouse


def _speaks_for(words: ItemWords, by: Standing, center: Center) -> int | None:
    """The actor the person proposes it for: who is to present it, if that is their own, else the only one they act for."""
    own = by.actors_in(center.pk)
    if words.owner is not None and words.owner.pk in own:
        return words.owner.pk
    return next(iter(own)) if len(own) == 1 else None


def address(item: ProposedItem) -> str:
    """The path of its page, which the agenda links to."""
    return reverse("forum_proposal", kwargs={"hus": item.center.slug, "pk": item.pk})
