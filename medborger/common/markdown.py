"""People's longer texts: a small Markdown, drawn as HTML that holds nothing else.

Paragraphs, line breaks, bold, italic, lists, links and small headings. Everything else is shown as it was typed.
"""

import re
from collections.abc import Sequence
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_MARKER = r"(?:[-*+]|\d{1,9}[.)])"
# In Markdown a line (or a point of a list) that begins "24. december" would be the 24th point of a list.
_DATE_FIRST = re.compile(rf"^([ ]*(?:{_MARKER}[ ]+)?\d{{1,2}})\.(?=[ ]+(?:{_MONTHS})\b)", re.MULTILINE | re.IGNORECASE)

_RULES = ["heading", "list", "emphasis", "newline", "link", "autolink", "escape"]
_HEADINGS = {"h1": "h3"}  # the page owns h1 and h2; what is smaller than h3 is h4
_DEEPEST = 12  # lists in lists, brackets in brackets: beyond this they are plain text

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class _Small(MarkdownIt):
    """A parser that knows the few rules above, and only addresses that say where they lead."""

    def __init__(self) -> None:
        super().__init__("zero", {"breaks": True, "maxNesting": _DEEPEST})
        self.enable(_RULES)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's own name
        return _ADDRESS.match(url) is not None


@cache
def _parser() -> MarkdownIt:
    return _Small()


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="nofollow noopener",
    )


def render(text: str) -> SafeString:
    """The text as HTML: only paragraphs, lists, emphasis, headings of h3 and h4, and links to http, https and mailto."""
    parser = _parser()
    tokens = parser.parse(_DATE_FIRST.sub(r"\1\\.", text))
    _lower_headings(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(_cleaner().clean(html))  # noqa: S308 - cleaned by an allow-list


def _lower_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _HEADINGS.get(token.tag, "h4")
