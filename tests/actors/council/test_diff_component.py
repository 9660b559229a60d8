"""How the change of a text is drawn on a page."""

from django.template import Context, Template
from hypothesis import given, strategies as st

from actors.council.templatetags.differences import parts
from medborger.common.text_diff import DiffKind
from tests.common.test_text_diff import texts

PAGE = Template("{% load differences %}{% diff old new url=url action='Læs hele regel 6' %}")


def drawn(old: str, new: str, url: str = "") -> str:
    return PAGE.render(Context({"old": old, "new": new, "url": url}))


def text_of(page: str) -> str:
    """What stands between the legend and the beginning."""
    return page.partition('<div class="diff-text">')[2].partition("</div>")[0].strip()


def test_what_goes_and_what_is_new_is_said_in_words_too() -> None:
    assert text_of(drawn("Ro kl. 22.00 i Salen", "Ro kl. 21.30 i Salen, også fredag")) == (
        'Ro kl. <del><span class="sr-only">Udgår: </span>22.00</del> <ins><span class="sr-only">Nyt: </span>21.30</ins>'
        ' i Salen<ins><span class="sr-only">Nyt: </span>, også fredag</ins>'
    )


def test_the_legend_says_what_the_marks_mean_and_leads_on() -> None:
    page = drawn("a", "b", url="/huset/husregler/6/")
    assert "<span><del>Overstreget</del> udgår</span>" in page
    assert "<span><ins>Understreget</ins> er nyt</span>" in page
    assert '<a href="/huset/husregler/6/">Læs hele regel 6</a>' in page
    assert "<a " not in drawn("a", "b")


def test_an_unchanged_text_says_so() -> None:
    page = drawn("Ro kl. 22.00", "Ro kl. 22.00")
    assert text_of(page) == "Ro kl. 22.00"
    assert "Ingen ord er ændret." in page
    assert "<del>" not in page


def test_markup_in_the_texts_is_shown_and_not_obeyed() -> None:
    page = drawn("<script>alert(1)</script>", "<img src=x onerror=alert(1)> <script>alert(1)</script>")
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert" in page


def test_line_breaks_are_kept() -> None:
    assert text_of(drawn("- et\n- to\n", "- et\n- to\n")) == "- et<br>- to<br>"


def test_a_line_is_marked_without_its_break() -> None:
    assert text_of(drawn("- a\n- b\n", "- a\n- ny\n- b\n")) == (
        '- a<br><ins><span class="sr-only">Nyt: </span>- ny</ins><br>- b<br>'
    )


def test_a_line_break_that_comes_or_goes_is_seen() -> None:
    assert text_of(drawn("Et.\n\nTo.", "Et. To.")) == (
        'Et.<del><span class="sr-only">Udgår: </span>¶<br>¶<br></del> <ins><span class="sr-only">Nyt: </span> </ins>To.'
    )


def test_a_long_run_that_nothing_has_happened_to_is_folded_but_for_its_ends() -> None:
    run = " ".join(f"ord{number}" for number in range(100))
    shown = [(part.kind, part.words) for part in parts(f"A {run} B {run}", f"C {run} D {run}")]
    changed = [(DiffKind.REMOVED, 0), (DiffKind.ADDED, 0)]
    assert shown == [
        *changed,
        (DiffKind.SAME, 20),
        ("folded", 60),
        (DiffKind.SAME, 20),
        *changed,
        (DiffKind.SAME, 20),
        ("folded", 80),
    ]


def test_a_fold_says_how_much_it_hides() -> None:
    page = drawn("Ro. " + "og " * 100, "Ro! " + "og " * 100)
    assert '<details class="diff-folded"><summary>80 ord er uændrede</summary>og og' in page


def test_a_short_run_is_not_folded() -> None:
    assert "<details" not in drawn("Ro. " + "og " * 60, "Ro! " + "og " * 60)


@given(texts, texts, st.integers(0, 3))
def test_the_parts_join_to_the_text_that_was(old: str, new: str, times: int) -> None:
    old, new = old + " a b c" * 30 * times, new + " a b c" * 30 * times
    kept = "".join(
        part.breaks_before + part.text + part.breaks_after for part in parts(old, new) if part.kind != DiffKind.ADDED
    )
    assert kept.replace("¶\n", "\n") == old.replace("¶\n", "\n")
