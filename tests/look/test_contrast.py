"""The palette keeps its promises: 4.5:1 for text, 3:1 for what is drawn (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

PALETTE = Path(__file__).parents[2] / "static/scss/_palette.scss"
HEX = r"#[0-9a-f]{6}"
ACCENTS = ("hav", "tegl", "skov", "fjord", "blomme", "rav")
COLLABORATION_FORMS = ("share_knowledge", "align", "exchange_resources", "coordinate", "co_create")
STATUSES = ("success", "warning", "error", "info")


def colours() -> dict[str, list[str]]:
    """Each name in the palette with its colours: one, or colour, deep, tint."""
    pairs = re.findall(rf'"([\w-]+)": \(?({HEX}(?:, {HEX})*)', PALETTE.read_text())
    return {name: found.split(", ") for name, found in pairs}


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_pairs() -> list[tuple[str, str]]:
    """What is written on what."""
    by_name = colours()
    base = {name: found[0] for name, found in by_name.items()}
    grounds = [base[name] for name in ("paper", "paper-2", "card")]
    pairs = [(base[name], ground) for name in ("ink", "ink-2", "link", "link-visited") for ground in grounds]
    pairs += [(base[name], base[tint]) for name in ("ink", "ink-2") for tint in ("lamp-tint", "mist", "lilac")]
    pairs += [(base[ground], base[dark]) for ground in ("card", "lamp") for dark in ("ink", "night")]
    for accent in ACCENTS:
        house, deep, tint = by_name[accent]
        pairs += [
            (base["card"], house),
            (house, base["paper"]),
            (deep, base["paper"]),
            (deep, tint),
            (base["ink"], tint),
        ]
    for name in (*COLLABORATION_FORMS, *STATUSES):
        colour, tint = by_name[name]
        pairs += [(colour, base["card"]), (colour, tint), (base["ink"], tint)]
    return pairs


def drawn_pairs() -> list[tuple[str, str]]:
    """What must be told apart without being read."""
    by_name = colours()
    base = {name: found[0] for name, found in by_name.items()}
    edges = [("lamp-edge", "lamp-tint"), ("mist-edge", "mist"), ("lilac-edge", "lilac")]
    pairs = [(base[edge], base[ground]) for edge, tint in edges for ground in (tint, "card")]
    pairs += [(base["edge"], base[ground]) for ground in ("card", "paper", "paper-2")]
    pairs += [(by_name[accent][0], base[tint]) for accent in ACCENTS for tint in ("mist", "lamp-tint")]
    return pairs


@pytest.mark.parametrize(("text", "ground"), text_pairs())
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), drawn_pairs())
def test_what_is_drawn_can_be_seen_on_its_ground(edge: str, ground: str) -> None:
    assert contrast(edge, ground) >= 3
