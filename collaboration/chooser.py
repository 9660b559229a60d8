"""The form chooser: a handful of statements, and the form that those one agrees with point to. It suggests; people decide.

Three forms have a list in the report: "… er især en god samarbejdsform, når" (S1846-57, S1978-85, S2099-2108), here in short words.
Of samordne and samskabe the copy that this is built on holds one line each (S209, S212); what else is asked about them is the house's
own. Every form has three statements, so that none is easier to reach.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collaboration.enums import CollaborationKind

# More than two that fit equally well are no answer.
MOST_SUGGESTED = 2


@dataclass(frozen=True)
class Statement:
    """`key` stands in addresses. `source` are the report's lines (S…); empty: the house's own question."""

    key: str
    text: Promise
    form: CollaborationKind
    source: str = ""

    @property
    def is_own(self) -> bool:
        return not self.source


# The forms take turns, so that the page does not read as a list from less to more.
STATEMENTS = (
    Statement("samme-mennesker", _("Vi er der for de samme mennesker."), CollaborationKind.ALIGN, "S1981"),
    Statement(
        "mangler", _("En af os mangler penge, plads eller udstyr."), CollaborationKind.EXCHANGE_RESOURCES, "S2102"
    ),
    Statement(
        "ingen-goer-det", _("Det, vi vil lave, er der ingen af os, der laver i dag."), CollaborationKind.CO_CREATE
    ),
    Statement(
        "laere-at-kende", _("Vi skal lære hinandens arbejde at kende."), CollaborationKind.SHARE_KNOWLEDGE, "S1852"
    ),
    Statement(
        "traekke-paa", _("Vi vil trække på hinanden og lave noget sammen."), CollaborationKind.COORDINATE, "S209"
    ),
    Statement(
        "samme-ting",
        _("Flere af os kan have gavn af de samme ting eller rum."),
        CollaborationKind.EXCHANGE_RESOURCES,
        "S2105",
    ),
    Statement(
        "se-muligheder",
        _("Vi vil finde ud af, om der er noget, vi kan sammen."),
        CollaborationKind.SHARE_KNOWLEDGE,
        "S1849",
    ),
    Statement("flere-om-det", _("Vi skal være flere om det, for at det kan lykkes."), CollaborationKind.COORDINATE),
    Statement("noget-nyt", _("Vi vil lave noget nyt sammen."), CollaborationKind.CO_CREATE, "S212"),
    Statement(
        "ligner",
        _("En af os starter noget, der ligner det, en anden gør i forvejen."),
        CollaborationKind.ALIGN,
        "S1984",
    ),
    Statement(
        "ingen-timer",
        _("Vi har ikke timer til at arbejde sammen, men vi har noget, vi kan dele."),
        CollaborationKind.EXCHANGE_RESOURCES,
        "S2108",
    ),
    Statement("hver-sit", _("Hver af os kan gøre sin del af det samme."), CollaborationKind.COORDINATE),
    Statement(
        "input", _("Vi vil gerne høre, hvad andre tænker om vores arbejde."), CollaborationKind.SHARE_KNOWLEDGE, "S1855"
    ),
    Statement("lave-om", _("Vi er klar til at lave om på, hvordan vi selv arbejder."), CollaborationKind.CO_CREATE),
    Statement(
        "rette-tilbud",
        _("Vi vil sikre, at folk finder det tilbud, der passer til dem."),
        CollaborationKind.ALIGN,
        "S1987",
    ),
)
KEYS = frozenset(statement.key for statement in STATEMENTS)


@dataclass(frozen=True)
class KindSuggestion:
    """A form, and what was agreed with that points to it."""

    form: CollaborationKind
    because: tuple[Statement, ...]


def suggest(agreed: Collection[str]) -> list[KindSuggestion]:
    """The form that most of what was agreed with points to, or two that fit equally well. Empty when nothing was agreed with, or
    when it points in more directions than that. Keys that no statement has are passed over."""
    found = [
        KindSuggestion(form, tuple(s for s in STATEMENTS if s.form == form and s.key in agreed))
        for form in CollaborationKind
    ]
    most = max(len(suggestion.because) for suggestion in found)
    best = [suggestion for suggestion in found if suggestion.because and len(suggestion.because) == most]
    return best if len(best) <= MOST_SUGGESTED else []
