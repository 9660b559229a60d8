"""Which actors are in the forum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from actors.errors import ActorNotInHouse
from actors.models import Actor
from collaboration.forum import errors
from collaboration.forum.actions.forum import locked
from collaboration.forum.enums import Verb
from collaboration.forum.models import Forum, ForumMember
from medborger.common import audit, clock
from medborger.common.errors import violated

if TYPE_CHECKING:
    from actors.standing import Standing


@transaction.atomic
def add_member(*, forum: Forum, actor: Actor, by: Standing) -> ForumMember:
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
    audit.record(Verb.MEMBER_ADDED, member, by=by.user, center_id=forum.center_id, actor=actor.pk)
    return member


@transaction.atomic
def remove_member(*, member: ForumMember, by: Standing) -> None:
    """The actor leaves the forum today; one that has left already is left as it is. Raises NotAllowed."""
    forum = locked(member.forum, by)
    ended = ForumMember.objects.filter(pk=member.pk, until=None).update(until=clock.today())
    if ended:
        audit.record(Verb.MEMBER_REMOVED, member, by=by.user, center_id=forum.center_id, actor=member.actor_id)
