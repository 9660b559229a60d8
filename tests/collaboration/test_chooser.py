"""The form chooser: it suggests one form or two, says why, and puts none above another."""

from collections import Counter
from itertools import pairwise

import pytest

from collaboration.chooser import KEYS, STATEMENTS, suggest
from collaboration.enums import CollaborationKind


def of(form: CollaborationKind) -> set[str]:
    return {statement.key for statement in STATEMENTS if statement.form == form}


def test_every_form_has_as_many_statements_so_that_none_is_easier_to_reach() -> None:
    assert Counter(statement.form for statement in STATEMENTS) == dict.fromkeys(CollaborationKind, 3)
    assert len(KEYS) == len(STATEMENTS)


def test_what_is_not_from_the_report_says_so() -> None:
    own = Counter(statement.form for statement in STATEMENTS if statement.is_own)
    assert own == {CollaborationKind.COORDINATE: 2, CollaborationKind.CO_CREATE: 2}


def test_neighbouring_statements_are_of_different_forms() -> None:
    assert all(a.form != b.form for a, b in pairwise(STATEMENTS))


@pytest.mark.parametrize("form", CollaborationKind)
def test_what_points_to_a_form_suggests_it_and_says_why(form: CollaborationKind) -> None:
    (suggestion,) = suggest(of(form))
    assert suggestion.form == form
    assert {statement.key for statement in suggestion.because} == of(form)


def test_two_that_fit_equally_well_are_both_suggested() -> None:
    agreed = {min(of(CollaborationKind.ALIGN)), min(of(CollaborationKind.CO_CREATE))}
    assert [suggestion.form for suggestion in suggest(agreed)] == [CollaborationKind.ALIGN, CollaborationKind.CO_CREATE]


def test_more_agreement_outweighs_less_whatever_the_form() -> None:
    agreed = of(CollaborationKind.SHARE_KNOWLEDGE) | {min(of(CollaborationKind.CO_CREATE))}
    assert [suggestion.form for suggestion in suggest(agreed)] == [CollaborationKind.SHARE_KNOWLEDGE]


def test_nothing_everything_and_what_is_unknown_suggest_nothing() -> None:
    assert suggest(set()) == suggest(KEYS) == suggest({"ukendt"}) == []
