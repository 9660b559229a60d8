"""Standing orders to begin with, for three kinds of councils. The report tells who decides in its houses, not how: who has a seat is
its (S577-591, S916-924, S1486-1490); the figures are the platform's own, after what Danish associations' rules usually say, and each
council changes them by its own vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.council.enums import Entitled, Majority, Movers, Quorum, TieRule
from actors.council.models import StandingOrders


@dataclass(frozen=True)
class Preset:
    """A beginning: `about` says for what kind of council."""

    key: str
    label: Promise
    about: Promise
    settings: Mapping[str, Any]

    def orders(self) -> StandingOrders:
        """The settings as standing orders that are not saved."""
        return StandingOrders(**self.settings)


PRESETS = {
    preset.key: preset
    for preset in (
        Preset(
            "husraad",
            _("Som i Foreningernes Hus"),
            _("Hver forening i huset har én stemme, uanset hvor stor den er."),
            {
                "entitled": Entitled.ASSOCIATIONS,
                "quorum": Quorum.SHARE,
                "quorum_share": 50,
                "majority": Majority.SIMPLE,
                "notice_days": 7,
                "ballot_days": 7,
                "tie": TieRule.FALLS,
                "movers": Movers.HOLDERS,
            },
        ),
        Preset(
            "kvarterhusledelse",
            _("Som i Kvarterhuset"),
            _(
                "Seks valgte beboere mødes hver måned. Hver af dem har én stemme, og formanden afgør, når de er lige mange."
            ),
            {
                "entitled": Entitled.BOARD,
                "quorum": Quorum.NUMBER,
                "quorum_number": 4,
                "majority": Majority.SIMPLE,
                "notice_days": 3,
                "ballot_days": 5,
                "tie": TieRule.CHAIR,
                "movers": Movers.HOLDERS,
            },
        ),
        Preset(
            "lejerforening",
            _("Som i en lejerforening med bestyrelse"),
            _("En bestyrelse, som husets lejere har valgt. Der stemmes hemmeligt."),
            {
                "entitled": Entitled.BOARD,
                "quorum": Quorum.SHARE,
                "quorum_share": 50,
                "majority": Majority.SIMPLE,
                "secret": True,
                "notice_days": 7,
                "ballot_days": 7,
                "tie": TieRule.AGAIN,
                "movers": Movers.HOLDERS,
            },
        ),
    )
}
