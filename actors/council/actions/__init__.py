"""Everything that changes the council, by noun: `motions.draft`, `amendments.propose`, `ballots.vote`, `disputes.settle`."""
