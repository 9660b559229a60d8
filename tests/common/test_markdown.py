"""What people's longer texts may hold, and that a hostile one costs no more than a long one (docs/security.md, check 20)."""

from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from hypothesis import given, strategies as st

from medborger.common.markdown import render

ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4"}
LIMIT = 100 * 1024


class Reader(HTMLParser):
    """What a browser would make of it: the tags with their attributes, and the deepest nesting of lists."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str, str]] = set()
        self.depth = self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}
        if tag in ("ul", "ol"):
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.depth -= 1

    def handle_comment(self, data: str) -> None:
        self.tags.add("comment")


def assert_harmless(html: str) -> None:
    seen = Reader(html)
    assert seen.tags <= ALLOWED
    for tag, name, value in seen.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("ol", "start")}
        if name == "href":
            assert value.lower().startswith(("http://", "https://", "mailto:"))
        if name == "rel":
            assert value == "nofollow noopener"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Et\nto\n\ntre", "<p>Et<br>\nto</p>\n<p>tre</p>\n"),
        ("**Fed** og *kursiv*", "<p><strong>Fed</strong> og <em>kursiv</em></p>\n"),
        ("- kaffe\n- te", "<ul>\n<li>kaffe</li>\n<li>te</li>\n</ul>\n"),
        ("3. kaffe\n4. te", '<ol start="3">\n<li>kaffe</li>\n<li>te</li>\n</ol>\n'),
        ("# Stor", "<h3>Stor</h3>\n"),
        ("## Mindre", "<h4>Mindre</h4>\n"),
        ("###### Mindst", "<h4>Mindst</h4>\n"),
        (r"\*stjerne\*", "<p>*stjerne*</p>\n"),
        ("Døren < 2 m & smal", "<p>Døren &lt; 2 m &amp; smal</p>\n"),
        ("A\r\nB", "<p>A<br>\nB</p>\n"),
    ],
)
def test_the_small_markdown_becomes_html(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(
    "address", ["https://huset.example/regler", "http://huset.example", "mailto:post@huset.example"]
)
def test_a_link_says_that_it_is_not_the_houses_own_word(address: str) -> None:
    link = f'<a href="{address}" rel="nofollow noopener">'
    assert render(f"[Læs]({address})") == f"<p>{link}Læs</a></p>\n"
    assert link in render(f"<{address}>")


def test_a_links_title_is_left_out() -> None:
    assert "title" not in render('[Læs](https://huset.example "Vundet!")')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/passwd",
        "//ond.example",
        "/logud/",
        "logud",
        "#top",
        "tel:12345678",
        " https://ond.example",
    ],
)
def test_a_link_elsewhere_stays_text(address: str) -> None:
    html = render(f"[Klik]({address}) <{address}>")
    assert Reader(html).tags <= {"p", "a"}
    assert_harmless(html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//ond.example/x.js></SCRIPT>",
        '<img src=x onerror="alert(1)">',
        "<svg/onload=alert(1)>",
        '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
        "<!-- skjult -->",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<style>body { display: none }</style>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<b>fed</b>",
        "<p style='color:red' class='alert'>x</p>",
        "</p></div><form action=//ond.example><input name=x>",
        "<math><mtext></p><style><img src onerror=alert(1)>",
        '[x](https://a.example/"onmouseover="alert(1))',
        "[x](https://a.example 'onmouseover=alert(1)')",
        "![x](https://ond.example/pixel.png)",
        "- <script>alert(1)</script>\n- <b>x</b>",
        "# <script>alert(1)</script>",
        "```\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "> citat",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_markup_and_scripts_are_shown_as_they_were_typed(text: str) -> None:
    html = render(text)
    assert_harmless(html)
    assert not {"h1", "h2", "table", "img", "script", "style", "form", "blockquote", "code"} & Reader(html).tags


def test_a_script_is_read_by_people_and_run_by_nobody() -> None:
    assert render("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("24. december holder huset lukket.", "<p>24. december holder huset lukket.</p>\n"),
        ("Lukket:\n1. maj", "<p>Lukket:<br>\n1. maj</p>\n"),
        ("- 24. December\n- 5. juni", "<ul>\n<li>24. December</li>\n<li>5. juni</li>\n</ul>\n"),
    ],
)
def test_a_date_that_begins_a_line_is_no_point_of_a_list(text: str, html: str) -> None:
    assert render(text) == html


HOSTILE = [
    "[", "]", "(", ">", "> ", "*", "_", "<", "\\", "`", "&", "#", "\n", " ", "\0",
    "**a", "*a ", "*a**b", "_a*b ", "a**b*c_d_", "- ", "-\n", "1. ", "- a\n\n", "* * ",
    "[a](", "[a](b ", '[a](b "', "[a](<", "![", "](", "[*", "*[", "<a", "<http://a", "[a](http://b)", "](x)[", "<!--",
]  # fmt: skip


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_hostile_text_of_the_largest_size_is_rendered_and_stays_small(pattern: str) -> None:
    """Quadratic work would take minutes here, and recursion would end the process."""
    html = render((pattern * LIMIT)[:LIMIT])
    assert_harmless(html)
    assert len(html) < 20 * LIMIT


@pytest.mark.parametrize(
    "text",
    [
        "[" * (LIMIT // 2) + "]" * (LIMIT // 2),
        "*" * (LIMIT // 2) + "a" + "*" * (LIMIT // 2),
        "[" * (LIMIT // 2) + "a" + "](http://b)" * (LIMIT // 22),
        "**a *b " * (LIMIT // 14) + "c* d** " * (LIMIT // 14),
        "<http://" + "a" * LIMIT,
    ],
)
def test_deep_nesting_of_brackets_and_stars_is_rendered(text: str) -> None:
    assert_harmless(render(text))


def test_lists_in_lists_end_somewhere() -> None:
    assert Reader(render("".join(f"{' ' * 2 * level}- a\n" for level in range(200)))).deepest < 12


def test_a_long_honest_text_keeps_all_its_words() -> None:
    rule = "Musik og høj tale stopper kl. **22.00**.\n\n- Døre holdes lukket\n- Lyset slukkes\n\n"
    times = LIMIT // len(rule.encode())
    html = render(rule * times)
    assert html.count("<strong>22.00</strong>") == times
    assert html.count("<li>Lyset slukkes</li>") == times


@given(st.text(alphabet="ab \n*_[]()<>!#-1.&:/\"'\\`", max_size=60))
def test_whatever_is_typed_is_harmless(text: str) -> None:
    assert_harmless(render(text))


def test_the_filter_needs_no_further_escaping() -> None:
    assert isinstance(render("x"), SafeString)
    assert Template("{{ text|markdown }}").render(Context({"text": "**<b>**"})) == (
        "<p><strong>&lt;b&gt;</strong></p>\n"
    )
