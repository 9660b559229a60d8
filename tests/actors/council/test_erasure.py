"""An erased voter's votes stand, the chain holds, and the seat is free for somebody else."""

import pytest

from actors.council.ballots import actions, verify
from actors.council.enums import Choice, EventKind
from actors.council.models import Ballot, Cast, Comment, SeatHolder, VoteEvent
from actors.erasure import erase
from actors.models import User
from medborger.common import clock
from tests.actors.council.conftest import close
from tests.actors.council.factories import council_member, seat_person
from tests.actors.council.tampering import VOTE, event, findings

pytestmark = pytest.mark.django_db


def voter(ballot: Ballot, number: int = VOTE) -> User:
    user = event(ballot, number).cast.user
    assert user is not None
    return user


def test_the_chain_holds_when_a_voter_is_erased(ballot: Ballot) -> None:
    before, code = list(VoteEvent.objects.values()), ballot.final_hash
    erase(user=voter(ballot), by=None)
    report = verify.check(ballot, code)
    assert (report.findings, report.anchored, report.holds) == ([], True, True)
    assert list(VoteEvent.objects.values()) == before


def test_the_chain_holds_when_all_voters_are_erased(ballot: Ballot) -> None:
    for user in User.objects.all():
        erase(user=user, by=None)
    assert findings(ballot) == []
    assert Cast.objects.filter(user=None, salt="").count() == Cast.objects.count() == 5


def test_the_salt_goes_with_the_person_so_that_nobody_can_be_tried_against_the_chain(ballot: Ballot) -> None:
    user = voter(ballot)
    theirs = Cast.objects.filter(user=user)
    keys = list(theirs.values_list("pk", flat=True))
    assert len(keys) == 2
    others = set(Cast.objects.exclude(user=user).values_list("pk", "user", "salt"))
    erase(user=user, by=None)
    assert Cast.objects.filter(pk__in=keys, user=None, salt="").count() == 2
    assert set(Cast.objects.exclude(pk__in=keys).values_list("pk", "user", "salt")) == others


def test_before_an_erasure_a_changed_person_or_reason_is_found(ballot: Ballot) -> None:
    cast, other = event(ballot, VOTE).cast, voter(ballot, 2)
    assert cast.user != other
    changed = ["Personen eller begrundelsen bag hændelse 3 er ændret."]
    Cast.objects.filter(pk=cast.pk).update(user=other)
    assert findings(ballot) == changed
    Cast.objects.filter(pk=cast.pk).update(user=cast.user, reason="Noget andet")
    assert findings(ballot) == changed
    Cast.objects.filter(pk=cast.pk).update(reason=cast.reason)
    assert findings(ballot) == []


def test_a_reason_that_the_seat_gave_stands_after_the_person_is_erased(ballot: Ballot) -> None:
    erase(user=voter(ballot), by=None)
    assert event(ballot, VOTE).cast.reason == "For dyrt"


def test_a_vote_of_somebody_erased_while_it_is_open_counts(open_box: Ballot) -> None:
    caster = VoteEvent.objects.filter(ballot=open_box, kind=EventKind.CAST)[0].cast.user
    assert caster is not None
    erase(user=caster, by=None)
    assert close(open_box).result.cast == 5
    assert findings(open_box) == []


def test_a_seat_whose_representative_is_erased_has_room_for_another(open_box: Ballot) -> None:
    left = open_box.entitlements.get(counting=None)
    assert left.named is not None and left.named.user is not None
    erase(user=left.named.user, by=None)
    former = SeatHolder.objects.get(pk=left.named.pk)
    assert former.user is None
    assert former.until is not None
    successor = seat_person(left.seat)
    code = actions.cast_secret(
        ballot=open_box, seat=left.seat, choice=Choice.FOR, by=council_member(successor, open_box.council)
    )
    assert open_box.box.get(code=code).choice == Choice.FOR


def test_what_an_erased_person_wrote_for_a_seat_stands_without_the_name(ballot: Ballot) -> None:
    seat, user = event(ballot, VOTE).seat, voter(ballot)
    comment = Comment.objects.create(motion=ballot.motion, seat=seat, author=user, text="Godt", created_at=clock.now())
    erase(user=user, by=None)
    comment.refresh_from_db()
    assert (comment.author, comment.seat, comment.text) == (None, seat, "Godt")
