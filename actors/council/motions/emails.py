"""Messages about motions: to the council when one is moved, and to the two seats of an amendment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.ballots.emails import people_on
from actors.council.models import Amendment, Council, Motion, Recusal, Seat
from actors.models import User
from medborger.common.messaging.letters import Words, letters_to
from medborger.common.messaging.outbox import Letter

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


def opened(motion: Motion, council: Council, by: CouncilMember) -> list[Letter]:
    """To all holders: what is proposed, and where to discuss it."""
    seats = Seat.objects.in_force().filter(council=council).values_list("pk", flat=True)
    return _to(people_on(seats), motion, f"motion-opened:{motion.pk}", by, lambda: _opened(motion, council))


def _opened(motion: Motion, council: Council) -> tuple[str, str]:
    words = {"title": motion.title, "number": motion.number, "seat": motion.mover.name, "council": council.name}
    lines = [_("%(seat)s har stillet forslag %(number)s i %(council)s: %(title)s.") % words]
    if motion.meaning:
        lines.append(_("Hvad betyder det for jer: %(meaning)s") % {"meaning": motion.meaning})
    lines.append(_("Læs forslaget, skriv en kommentar, eller foreslå en anden ordlyd, før der stemmes."))
    return _("Nyt forslag: %(title)s") % words, "\n\n".join(lines)


def amendment_proposed(amendment: Amendment, motion: Motion, by: CouncilMember) -> list[Letter]:
    """To the people of the seat that moved the motion: they may take it in."""
    words = {"title": motion.title, "number": motion.number, "seat": amendment.seat.name}

    def said() -> tuple[str, str]:
        text = _("%(seat)s foreslår en anden ordlyd af jeres forslag %(number)s: %(title)s.") % words
        onward = _("I kan tage ændringen med i forslaget. Gør I ikke det, stemmes der om den først.")
        return _("Ændringsforslag til: %(title)s") % words, f"{text}\n\n{onward}"

    return _to(people_on([motion.mover_id]), motion, f"amendment-proposed:{amendment.pk}", by, said)


def taken_in(amendment: Amendment, motion: Motion, by: CouncilMember) -> list[Letter]:
    """To the people of the seat that proposed the amendment."""
    words = {"title": motion.title, "seat": motion.mover.name, "number": amendment.number}

    def said() -> tuple[str, str]:
        text = _("%(seat)s har taget jeres ændringsforslag %(number)s med i forslaget: %(title)s.") % words
        return _("Taget med: jeres ændring af %(title)s") % words, text

    return _to(people_on([amendment.seat_id]), motion, f"amendment-taken-in:{amendment.pk}", by, said)


def recused(recusal: Recusal, by: CouncilMember) -> list[Letter]:
    """To the people of a seat that the council has recused at a meeting."""
    motion = recusal.motion
    words = {"seat": recusal.seat.name, "number": motion.number, "title": motion.title, "reason": recusal.reason}

    def said() -> tuple[str, str]:
        text = _("Rådet har på et møde besluttet, at %(seat)s er inhabil i forslag %(number)s: %(title)s.") % words
        onward = _("I stemmer ikke om forslaget, men kan stadig skrive kommentarer.")
        reason = _("Begrundelse: %(reason)s") % words
        return _("I er inhabile: %(title)s") % words, f"{text}\n\n{onward}\n\n{reason}"

    return _to(people_on([recusal.seat_id]), motion, f"recused:{recusal.pk}", by, said)


def _to(people: Iterable[User], motion: Motion, key: str, by: CouncilMember, words: Words) -> list[Letter]:
    """To each but who did it."""
    others = (user for user in people if user.pk != by.access.user.pk)
    link = reverse("motion", kwargs={"hus": by.council.center.slug, "number": motion.number})
    label = gettext_lazy("Læs forslaget")
    return letters_to(others, words, key=key, link=link, label=label, center_id=by.council.center_id)
