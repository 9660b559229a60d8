"""Messages about seats: to who is put on one or taken off it, and to the contacts of an actor that gets one."""

from collections.abc import Collection
from typing import TypeGuard

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.council.enums import HolderRole
from actors.council.models import Council, Seat, SeatHolder
from actors.models import Membership, User
from medborger.common.messaging.letters import letter_to
from medborger.common.messaging.outbox import Letter


def named(holder: SeatHolder) -> list[Letter]:
    """To who is put on a seat. Select the council's house with it."""
    user, council = holder.user, holder.seat.council
    if not _can_be_reached(user):
        return []
    with translation.override(user.language):
        words = _words(council, holder.seat)
        if holder.part == HolderRole.REPRESENTATIVE:
            subject = _("Du repræsenterer %(seat)s i %(council)s") % words
            text = _(
                "Du stemmer for %(seat)s i %(council)s i %(house)s fra nu af. Vi skriver til dig, når der stemmes."
            )
        else:
            subject = _("Du er suppleant for %(seat)s i %(council)s") % words
            text = _("Du kan stemme for %(seat)s i %(council)s i %(house)s, når repræsentanten ikke har stemt.")
        return [_letter(user, council, f"seat-named:{holder.pk}", subject, text % words)]


def ended(council: Council, holders: Collection[SeatHolder]) -> list[Letter]:
    """To who is taken off a seat."""
    return [_ended(holder.user, council, holder) for holder in holders if _can_be_reached(holder.user)]


def given(council: Council, seats: Collection[Seat]) -> list[Letter]:
    """To the contacts of actors that have got a seat: they say who votes."""
    of_actor = {seat.actor_id: seat for seat in seats if seat.actor_id}
    letters = []
    for contact in Membership.objects.reachable().contacts_of(of_actor).select_related("actor"):
        seat = of_actor[contact.actor_id]
        with translation.override(contact.user.language):
            words = _words(council, seat, contact.actor.name)
            subject = _("%(seat)s har fået en plads i %(council)s") % words
            text = _("Vælg, hvem der skal stemme for jer i %(council)s i %(house)s.") % words
            link = reverse("council_seat", kwargs={"hus": council.center.slug, "pk": seat.pk})
            letters.append(_letter(contact.user, council, f"seat-given:{seat.pk}", subject, text, link))
    return letters


def _ended(user: User, council: Council, holder: SeatHolder) -> Letter:
    with translation.override(user.language):
        words = _words(council, holder.seat)
        subject = _("Du stemmer ikke mere for %(seat)s i %(council)s") % words
        text = _("Det gælder fra nu af. De stemmer, du har afgivet, tæller stadig.")
        return _letter(user, council, f"seat-ended:{holder.pk}", subject, text)


def _can_be_reached(user: User | None) -> TypeGuard[User]:
    return user is not None and user.is_active and user.erased_at is None


def _words(council: Council, seat: Seat, name: str = "") -> dict[str, str]:
    return {"seat": name or seat.name, "council": council.name, "house": council.center.name}


def _letter(user: User, council: Council, key: str, subject: str, text: str, link: str = "") -> Letter:
    return letter_to(
        user,
        key=key,
        subject=subject,
        text=text,
        link=link or reverse("council", kwargs={"hus": council.center.slug}),
        link_label=_("Åbn siden"),
        center_id=council.center_id,
    )
