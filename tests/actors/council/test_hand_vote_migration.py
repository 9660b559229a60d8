"""The migration that breaks off what is open in a form that goes, on a database as it was before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from actors.council import errors
from actors.council.ballots import actions, verify
from actors.council.ballots.actions import opening
from actors.council.ballots.vote_log import append, proposal_digest, put_vote
from actors.council.enums import Capacity, Choice, CouncilEvent, EventKind, MotionState, Verdict
from actors.council.models import Ballot, Council, Motion, Recusal, Result, VoteEvent
from medborger.common import audit, clock
from medborger.common.models import Message
from tests.actors.council.ballot_pages import vote
from tests.actors.council.factories import Holder, fill_seats, make_council
from tests.actors.council.motions import open_ballot, open_hands
from tests.databases import create, inside
from tests.services import WORKER

BEFORE = [("council", "0004_delete_tablet_code")]


@pytest.fixture
def own_database(transactional_db: None) -> Iterator[None]:
    """A copy of the migrated one, to be migrated back and forth."""
    name = f"to_migrate_{WORKER}"
    create(name)
    with inside(name):
        yield


def migrate_back() -> Any:
    """The models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    return executor.loader.project_state(BEFORE).apps


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("council"))


def on_recusal(council: Council, proposer: Holder, concerned: Holder, patch: pytest.MonkeyPatch) -> Ballot:
    """A ballot whose chain says that it is on a recusal; its row says so only once the tables are as they were."""
    proposed = Recusal(seat=concerned[0], proposed_by=proposer[0], reason="Det er deres lokale.", state="proposed")

    def append_on_recusal(ballot: Ballot, kind: EventKind, **said: Any) -> VoteEvent:
        proposed.motion, proposed.at = ballot.motion, clock.now()
        proposed.save()
        ballot.recusal = proposed
        return append(ballot, kind, **said | {"recusal": proposed.pk, "proposal": proposal_digest(ballot)})

    with patch.context() as patched:
        patched.setattr(opening, "append", append_on_recusal)
        return open_ballot(council, proposer)


@pytest.mark.usefixtures("own_database")
def test_a_ballot_in_a_form_that_goes_is_broken_off_and_all_seats_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    council = make_council()
    holders = fill_seats(council, 4)
    leader, voter, second, english = holders
    english[1].language = "en"
    english[1].save()
    goes = [
        open_hands(council, leader),
        recusal := on_recusal(council, leader, voter, monkeypatch),
        waits := open_ballot(council, leader),
        counted := open_ballot(council, leader),
    ]
    put_vote(counted, voter[0].pk, Choice.FOR, Capacity.PAPER, user=second[1])
    stays, over = open_ballot(council, leader), open_ballot(council, leader)
    vote(stays, voter)
    put_vote(over, voter[0].pk, Choice.FOR, Capacity.PAPER, user=second[1])
    Ballot.objects.filter(pk=over.pk).update(closes_at=clock.now())
    Message.objects.all().delete()
    before = migrate_back()
    before.get_model("council", "Ballot").objects.filter(pk=recusal.pk).update(
        recusal=before.get_model("council", "Recusal").objects.get()
    )
    Motion.objects.filter(pk=recusal.motion_id).update(state=MotionState.OPEN)
    before.get_model("council", "TellerEntry").objects.create(
        ballot_id=waits.pk,
        seat_id=voter[0].pk,
        choice="for",
        capacity="paper",
        teller_id=leader[0].pk,
        entered_at=clock.now(),
    )
    migrate()
    for ballot in goes:
        ballot.refresh_from_db()
        assert verify.check(ballot).findings == []
        assert (ballot.result.verdict, ballot.motion.state) == (Verdict.CANCELLED, MotionState.OPEN)
        assert [row.verb for row in audit.history(ballot)][-1] == CouncilEvent.BALLOT_CANCELLED
        with pytest.raises(errors.BallotClosed):
            put_vote(ballot, voter[0].pk, Choice.FOR, Capacity.REPRESENTATIVE, user=voter[1])
        letters = Message.objects.filter(dedupe_key__startswith=f"ballot-cancelled:{ballot.pk}:")
        assert {letter.user_id for letter in letters} == {user.pk for _seat, user in holders}
        assert letters.get(user=english[1]).subject == f"The vote has been cancelled: {ballot.motion.title}"
        assert letters.get(user=voter[1]).link.endswith(f"/husraad/forslag/{ballot.motion.number}/")
    assert set(Result.objects.values_list("ballot", flat=True)) == {ballot.pk for ballot in goes}
    for ballot in (stays, over):
        ballot.refresh_from_db()
        assert ballot.closed_at is None
        assert ballot.motion.state == MotionState.BALLOT
    assert verify.check(stays).findings == []
    result = actions.close(ballot=over)
    assert result is not None
    assert result.votes_for == 1
