"""What a person sees of a change, and how two changes of one text go together."""

import json
from itertools import pairwise
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from hypothesis import example, given, strategies as st
from redis.exceptions import ConnectionError as CacheDown

from medborger.common import text_diff
from medborger.common.text_diff import (
    DiffKind,
    Piece,
    SameWords,
    Span,
    applied,
    cached_differences,
    cached_edits,
    differences,
    edits,
    is_word,
    merge,
    together,
    tokens,
)

# Few words, many repetitions: every text is almost another.
texts = st.one_of(
    st.lists(st.sampled_from(["a", "b", "c", "ro", "kl. 22.00", " ", " ", "  ", "\n", ". ", ", ", "**"])).map("".join),
    st.text(),
)


def changed_spans(base: str, text: str) -> list[Span]:
    return [Span(edit.start, edit.end) for edit in edits(base, text)]


def touch_same_words(base: str, ours: str, theirs: str) -> bool:
    try:
        merge(base, ours, theirs)
    except SameWords:
        return True
    return False


def drawn(old: str, new: str) -> str:
    """The differences in a line: [-removed-]{+added+}."""
    marks = {DiffKind.SAME: "{}", DiffKind.REMOVED: "[-{}-]", DiffKind.ADDED: "{{+{}+}}"}
    return "".join(marks[kind].format(text) for kind, text in differences(old, new))


@given(texts)
@example("\r\n\x0b\u2028 \u00a0e\u0301👩‍👧_x_ foreningen's 18.00–19.30, a.b@huset.example")
def test_the_tokens_of_a_text_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_a_time_a_mail_address_and_a_joined_word_are_one_word_each() -> None:
    text = "Kl. 22.00, e-mail: post@huset.example (60'ernes)."
    assert [token for token in tokens(text) if is_word(token)] == [
        "Kl",
        "22.00",
        "e-mail",
        "post@huset.example",
        "60'ernes",
    ]


def test_letters_that_are_written_with_several_signs_stay_whole() -> None:
    assert tokens("cafe\u0301 👨‍👩‍👧") == ["cafe\u0301", " ", "👨‍👩‍👧"]


def assert_pieces_join_to_both(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(text for kind, text in pieces if kind != DiffKind.ADDED) == old
    assert "".join(text for kind, text in pieces if kind != DiffKind.REMOVED) == new
    assert all(text for _, text in pieces)
    neighbours = set(pairwise(kind for kind, _ in pieces))
    assert not neighbours & {(DiffKind.ADDED, DiffKind.REMOVED), *((kind, kind) for kind in DiffKind)}


@given(texts, texts)
@example("a b", "a  b")
@example("", "a")
def test_the_pieces_join_to_both_texts(old: str, new: str) -> None:
    assert_pieces_join_to_both(old, new)


@given(texts, texts, st.sampled_from([0, 1, 6, 30]))
def test_the_pieces_join_to_both_texts_when_words_are_too_many_to_compare(old: str, new: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_diff, "_MOST_CELLS", most)
        assert_pieces_join_to_both(old, new)
        assert changed_spans(old, old) == []


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == ([Piece(DiffKind.SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Ro kl. 22.00.", "Ro kl. 21.30.", "Ro kl. [-22.00-]{+21.30+}."),
        ("Salen er åben.", "Salen er ikke åben.", "Salen er {+ikke +}åben."),
        ("Salen er ikke åben.", "Salen er åben.", "Salen er [-ikke -]åben."),
        ("Døren låses.", "Døren låses", "Døren låses[-.-]"),
        ("", "Ny regel", "{+Ny regel+}"),
        ("Gammel regel", "", "[-Gammel regel-]"),
        ("a b", "a  b", "a[- -]{+  +}b"),
        ("Et.\n\nTo.", "Et. To.", "Et.[-\n\n-]{+ +}To."),
    ],
)
def test_only_the_words_that_change_are_marked(old: str, new: str, shown: str) -> None:
    assert drawn(old, new) == shown


def test_a_rule_reads_as_a_person_would_have_marked_it() -> None:
    old = "Høj tale skal stoppe kl. 22.00. Døre holdes lukket. Den sidste, der går, slukker lyset."
    new = "Høj tale stopper kl. 21.30 på hverdage. Døre holdes lukket. Dagens sidste forening slukker lyset."
    assert drawn(old, new) == (
        "Høj tale [-skal stoppe-]{+stopper+} kl. [-22.00-]{+21.30 på hverdage+}. Døre holdes lukket. "
        "[-Den-]{+Dagens+} sidste[-, der går,-]{+ forening+} slukker lyset."
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Et. Tre.", "Et. To. Tre.", "Et. {+To. +}Tre."),
        ("- a\n- b\n- c\n", "- a\n- ny\n- b\n- c\n", "- a\n{+- ny\n+}- b\n- c\n"),
        ("- a\n- b\n- c\n", "- a\n- c\n", "- a\n[-- b\n-]- c\n"),
        ("kat og hund", "kat og mus og hund", "kat og {+mus og +}hund"),
        ("# A\n\nx\n\n# B\n\ny", "# A\n\nx\n\n# C\n\nx\n\n# B\n\ny", "# A\n\nx\n\n{+# C\n\nx\n\n+}# B\n\ny"),
    ],
)
def test_lines_sentences_and_words_come_and_go_whole(old: str, new: str, shown: str) -> None:
    assert drawn(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("rød grøn blå", "gul sort hvid", "[-rød grøn blå-]{+gul sort hvid+}"),
        ("rød, grøn", "gul, sort", "[-rød, grøn-]{+gul, sort+}"),
        (
            "tag alt med i køkkenet og ryd op",
            "foreningen, der booker, vasker gulvet i dag eller inden ni",
            "[-tag alt med i køkkenet og ryd op-]{+foreningen, der booker, vasker gulvet i dag eller inden ni+}",
        ),
        ("rød\ngrøn", "gul\nsort", "[-rød-]{+gul+}\n[-grøn-]{+sort+}"),
        ("rød kl. 9 grøn", "gul kl. 9 sort", "[-rød-]{+gul+} kl. 9 [-grøn-]{+sort+}"),
    ],
)
def test_marks_and_lost_words_do_not_break_a_change_up_but_a_line_does(old: str, new: str, shown: str) -> None:
    assert drawn(old, new) == shown


def test_a_text_of_the_largest_size_with_a_few_changes_is_compared_word_by_word() -> None:
    many = [f"o{at}" for at in range(15_500)]
    old = " ".join(many)
    changed = range(1000, 15_500, 1000)
    new = " ".join(f"NY{at}" if at in changed else word for at, word in enumerate(many))
    assert 90 * 1024 < len(old.encode()) < 100 * 1024
    assert [text for kind, text in differences(old, new) if kind == DiffKind.ADDED] == [f"NY{at}" for at in changed]


def test_where_words_are_too_many_lines_are_compared_first() -> None:
    lines = [f"{number}, a b c d e f" for number in range(6000)]
    moved = [*lines[:10], "ny linje", *lines[10:3000], *lines[3001:5990], "10, a X c d e f", *lines[5991:]]
    old, new = "\n".join(["før", *lines, "før"]), "\n".join(["efter", *moved, "efter"])
    assert len(tokens(old)) > 50_000
    assert [(kind, text) for kind, text in differences(old, new) if kind != DiffKind.SAME] == [
        (DiffKind.REMOVED, "før"),
        (DiffKind.ADDED, "efter"),
        (DiffKind.ADDED, "ny linje\n"),
        (DiffKind.REMOVED, "3000, a b c d e f\n"),
        (DiffKind.REMOVED, "5990"),
        (DiffKind.ADDED, "10"),
        (DiffKind.REMOVED, "b"),
        (DiffKind.ADDED, "X"),
        (DiffKind.REMOVED, "før"),
        (DiffKind.ADDED, "efter"),
    ]


def test_the_spans_of_an_edit_are_the_bases_own_words() -> None:
    base = "Ro efter kl. 22.00 i Salen"
    assert [base[span.start : span.end] for span in changed_spans(base, "Ro fra kl. 21.30 i Salen")] == [
        "efter",
        "22.00",
    ]
    assert changed_spans(base, "Fuld ro efter kl. 22.00 i Salen") == [Span(0, 2)]
    assert changed_spans(base, "Ro altid efter kl. 22.00 i Salen") == [Span(3, 3)]


@given(texts, texts)
def test_edits_turn_the_base_into_the_text_and_stand_at_the_spans(base: str, text: str) -> None:
    assert applied(base, edits(base, text)) == text
    assert changed_spans(base, text) == [Span(start, end) for start, end, _ in edits(base, text)]


@given(texts, texts)
def test_an_edit_that_nobody_stands_in_the_way_of_is_taken_in(base: str, text: str) -> None:
    assert merge(base, base, text) == text
    assert merge(base, text, base) == text
    assert merge(base, text, text) == text


@given(texts, texts, texts)
def test_it_does_not_matter_whose_edit_comes_first(base: str, ours: str, theirs: str) -> None:
    assert touch_same_words(base, ours, theirs) == touch_same_words(base, theirs, ours)
    if touch_same_words(base, ours, theirs):
        with pytest.raises(SameWords):
            merge(base, ours, theirs)
    else:
        assert merge(base, ours, theirs) == merge(base, theirs, ours)


@given(st.lists(st.sampled_from(["", "vores", "deres"]), max_size=12))
def test_edits_of_different_words_are_both_in_the_merge(editors: list[str]) -> None:
    """No editor changes two neighbouring words: those would be one change."""
    words_of_base = [f"ord{number}" for number in range(len(editors))]
    owners = [now if now != before else "" for before, now in pairwise(["", *editors])]

    def edited(*by: str) -> str:
        return " ".join(
            owner + word if owner in by else word for owner, word in zip(owners, words_of_base, strict=True)
        )

    assert merge(edited(), edited("vores"), edited("deres")) == edited("vores", "deres")


@given(texts, texts, texts, texts)
def test_edits_of_different_paragraphs_are_both_in_the_merge(first: str, last: str, ours: str, theirs: str) -> None:
    wall = "\n\nDet her står fast og kan ikke forveksles.\n\n"
    assert merge(first + wall + last, ours + wall + last, first + wall + theirs) == ours + wall + theirs


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("Ro kl. 22 i Salen", "Ro kl. 21 i Salen", "Ro kl. 22 i Caféen", "Ro kl. 21 i Caféen"),
        ("- a\n- b\n", "- a\n- ny\n- b\n", "- a\n- b og c\n", "- a\n- ny\n- b og c\n"),
        ("Et. To.", "Nul. Et. To.", "Et. To. Tre.", "Nul. Et. To. Tre."),
        ("a b c d", "a c d", "a b d", "a d"),
        ("a b c", "a X c", "a X c d", "a X c d"),
    ],
)
def test_edits_that_keep_apart_are_merged(base: str, ours: str, theirs: str, merged: str) -> None:
    assert merge(base, ours, theirs) == merged
    assert not touch_same_words(base, ours, theirs)


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("Ro kl. 22", "Ro kl. 21", "Ro kl. 23"),
        ("Ro kl. 22 i Salen", "Ro i Salen", "Ro kl. 21 i Salen"),
        ("Ro kl. 22", "Ro kl. 22 fredag", "Ro kl. 22 lørdag"),
        ("Salen er åben", "Salen er ikke åben", "Salen er lukket"),
        ("Ro kl. 22 i Salen", "Ro kl. 21 i Salen", "Ro kl. 22 fredag i Salen"),
        ("", "Ja", "Nej"),
        ("a b c d e", "", "a b X d e"),
    ],
)
def test_edits_of_the_same_words_are_refused(base: str, ours: str, theirs: str) -> None:
    assert touch_same_words(base, ours, theirs)
    with pytest.raises(SameWords):
        merge(base, ours, theirs)


def test_what_two_edits_do_alike_stands_once_among_the_edits_together() -> None:
    base = "Ro kl. 22 i Salen"
    ours, theirs = edits(base, "Ro kl. 21 i Salen"), edits(base, "Fuld ro kl. 21 i Salen")
    assert together(base, ours, theirs) == theirs


@given(texts, texts)
def test_remembered_differences_are_the_differences(old: str, new: str) -> None:
    for _ in ("compared", "remembered"):
        assert cached_differences(old, new) == differences(old, new)
        assert cached_edits(old, new) == edits(old, new)


def test_the_cache_is_asked_before_the_texts_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = cached_differences("Ro kl. 22", "Ro kl. 21")
    monkeypatch.setattr(text_diff, "_changes", None)
    assert cached_differences("Ro kl. 22", "Ro kl. 21") == expected


def test_the_cache_holds_no_word_of_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.update({key: value}))
    cached_differences("Hemmelig sag", "Åben sag")
    assert [json.loads(json.dumps(value)) for value in kept.values()] == [[[0, 8, 0, 4]]]
    assert "Hemmelig" not in "".join(kept)


def test_without_a_cache_the_texts_are_compared_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get", Mock(side_effect=CacheDown))
    assert cached_differences("Ro kl. 22", "Ro kl. 21") == differences("Ro kl. 22", "Ro kl. 21")
