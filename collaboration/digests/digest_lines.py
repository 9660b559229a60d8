"""What the digest itself has to tell: letters that did not arrive."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from actors.digest_lines import Concerns, DigestLine, DigestPart, Week, providers
from actors.enums import Role
from collaboration.digests import delivery_overview


@providers[DigestPart.NEEDS].register(order=90)
def letters_lost(week: Week) -> Iterator[DigestLine]:
    """To the manager: how many of the newest letters were given up. One statement."""
    lost = week.once("digests.lost", lambda: delivery_overview.lost_since(week.center, week.since))
    if lost:
        text = ngettext(
            "Ugens overblik kom ikke frem til %(count)s modtager.",
            "Ugens overblik kom ikke frem til %(count)s modtagere.",
            lost,
        )
        yield DigestLine(
            key=f"digests:lost:{week.center.pk}",
            text=text % {"count": lost},
            link=reverse("digest_receivers", args=[week.center.slug]),
            label=_("Se hvem"),
            concerns=Concerns(roles=frozenset({Role.MANAGER})),
        )
