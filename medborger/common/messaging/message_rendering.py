"""Render a message of the outbox: its plain part, its HTML unless it came with one, its SMS."""

from functools import cache
from pathlib import Path

import css_inline
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from medborger.common.models import Message

# The letters of GSM 03.38: an SMS written with these holds 160 of them, one with any other only 70.
_GSM = frozenset(
    "abcdefghijklmnopqrstuvwxyzæøåäöñüàéèùìò ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÑÜÉÇ 0123456789\n\r"
    "@£$¥€§¿¡ß¤!\"#%&'()*+,-./:;<=>?_^{}\\[~]|ΔΦΓΛΩΠΨΣΘΞ"
)


def text_of(message: Message) -> str:
    """The mail's plain part; of a letter that came dressed, its text as it stands."""
    if message.html:
        return message.text.strip() + "\n"
    with translation.override(message.language):
        return render_to_string("mail/letter.txt", {"message": message}).strip() + "\n"


def html_of(message: Message) -> str:
    """The mail's HTML part in one column: as it came, or dressed now."""
    if message.html:
        return message.html
    with translation.override(message.language):
        html = render_to_string("mail/letter.html", {"message": message, "paragraphs": message.text.split("\n\n")})
    return inline(html)


def inline(html: str) -> str:
    """The page with the mails' styles inline, since mail programs read no others."""
    inlined: str = _inliner().inline(html)
    return inlined


def sms_of(message: Message) -> str:
    return f"{message.text} {message.link}".strip()


def fits_gsm(text: str) -> bool:
    """Whether the phone network's own alphabet can write the text."""
    return _GSM.issuperset(text)


@cache
def _inliner() -> css_inline.CSSInliner:
    found = finders.find("css/mail.css")
    if not isinstance(found, str):
        raise FileNotFoundError("css/mail.css is not built: run npm run build")
    css = Path(found).read_text(encoding="utf-8")
    return css_inline.CSSInliner(extra_css=css, keep_at_rules=True, load_remote_stylesheets=False)
