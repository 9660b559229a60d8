"""Messages about notices and disputes: to the actors concerned and to whoever must act. None retells the matter."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from actors.council.enums import Follows, HolderRole
from actors.council.models import Dispute, RuleNotice, Seat, SeatHolder
from actors.models import Membership, User
from medborger.common import phrases
from medborger.common.messaging.letters import Words, letters_to
from medborger.common.messaging.outbox import Letter


def notice_recorded(notice: RuleNotice) -> list[Letter]:
    """To the actor's people, at once."""

    def said() -> tuple[str, str]:
        words = {
            "rule": notice.version.rule.number,
            "title": notice.version.title,
            "actor": notice.actor.name,
            "when": phrases.day_and_time(notice.happened_at),
            "center": notice.center.name,
        }
        subject = {
            Follows.REMINDER: _("Påmindelse om husregel %(rule)s"),
            Follows.WARNING: _("Advarsel om husregel %(rule)s"),
            Follows.COUNCIL: _("Husregel %(rule)s: en sag for rådet"),
        }[Follows(notice.follows)]
        what = _("%(center)s har noteret, at husregel %(rule)s, %(title)s, ikke blev fulgt af %(actor)s %(when)s.")
        onward = _("Læs, hvad der står, og svar, hvis I ser det anderledes. I kan også gøre indsigelse.")
        return subject % words, f"{what % words}\n\n{onward}"

    return _to(_people_of([notice.actor_id], notice.center_id), notice, "recorded", said)


def notice_answered(notice: RuleNotice) -> list[Letter]:
    """To who recorded it."""

    def said() -> tuple[str, str]:
        words = {"actor": notice.actor.name, "number": notice.number}
        return _("%(actor)s har svaret på påmindelse %(number)s") % words, _("Læs svaret på påmindelsens side.")

    return _to(_recorder(notice), notice, "answered", said)


def notice_appealed(notice: RuleNotice, dispute: Dispute) -> list[Letter]:
    """To who recorded it."""

    def said() -> tuple[str, str]:
        words = {"actor": notice.actor.name, "number": notice.number}
        onward = _("Indsigelsen er nu en konflikt. Første skridt er mægling: Find en, der kan mægle.")
        return _("%(actor)s gør indsigelse mod påmindelse %(number)s") % words, onward

    return _to(_recorder(notice), dispute, "raised", said)


def matter_raised(dispute: Dispute) -> list[Letter]:
    """To whoever speaks for the chair's seat, or in a council without a chair for each seat: staff have raised a matter for the council."""
    seats = Seat.objects.in_force().filter(council=dispute.council)
    chair = seats.filter(is_chair=True)
    parties = dispute.parties.values("pk")

    def said() -> tuple[str, str]:
        words = {"center": dispute.council.center.name, "council": dispute.council.name, "title": dispute.title}
        text = _("%(center)s har rejst en sag for %(council)s: %(title)s.") % words
        return _("En sag for rådet"), text + "\n\n" + _("Første skridt er mægling. Find en, der kan mægle.")

    on = Q(seat__in=chair if chair.exists() else seats, part=HolderRole.REPRESENTATIVE)
    return _to(_holders(on & ~Q(seat__actor__in=parties)), dispute, "raised", said)


def dispute_raised(dispute: Dispute, by: object) -> list[Letter]:
    """To the parties' people."""

    def said() -> tuple[str, str]:
        words = {"actor": dispute.raised_by, "title": dispute.title}
        text = _("%(actor)s har rejst en konflikt, som I er part i: %(title)s.") % words
        onward = _("Første skridt er mægling. Kan I ikke blive enige, kan rådet afgøre det.")
        return _("En konflikt, som I er part i"), f"{text}\n\n{onward}"

    return _to(_parties(dispute), dispute, "raised", said, but=by)


def mediator_named(dispute: Dispute, by: object) -> list[Letter]:
    """To the mediator, and to the parties."""
    mediators = [dispute.mediator] if dispute.mediator else _holders(Q(seat=dispute.mediator_seat))
    key = f"mediator-{dispute.mediator_seat_id or 0}-{dispute.mediator_id or 0}"

    def asked() -> tuple[str, str]:
        text = _("Du er bedt om at mægle i konflikten: %(title)s.") % {"title": dispute.title}
        return _("Vil du mægle?"), text + "\n\n" + _("Tal med parterne, og skriv på siden, hvad I når frem til.")

    def told() -> tuple[str, str]:
        who = dispute.mediator_seat.name if dispute.mediator_seat else _("En af husets medarbejdere")
        words = {"who": who, "title": dispute.title}
        return _("I har fået en mægler"), _("%(who)s mægler i konflikten: %(title)s.") % words

    asked_of = {user.pk for user in mediators}
    parties = [user for user in _parties(dispute) if user.pk not in asked_of]
    return _to(mediators, dispute, key, asked, but=by) + _to(parties, dispute, key, told, but=by)


def mediation_ended(dispute: Dispute, by: object) -> list[Letter]:
    """To the parties: it led to no agreement."""

    def said() -> tuple[str, str]:
        text = _("Mæglingen i konflikten endte uden en aftale: %(title)s.") % {"title": dispute.title}
        return _("Mæglingen er slut"), text + "\n\n" + _("I kan sende den til rådet, som så afgør den.")

    return _to(_parties(dispute), dispute, "mediation-ended", said, but=by)


def dispute_to_council(dispute: Dispute, by: object) -> list[Letter]:
    """To the parties: who decides now, and that they take no part in the vote."""

    def said() -> tuple[str, str]:
        words = {"council": dispute.council.name, "title": dispute.title}
        text = _("%(council)s skal nu afgøre konflikten: %(title)s.") % words
        return _("Konflikten er sendt til rådet"), text + "\n\n" + _("Parterne kan udtale sig, men stemmer ikke med.")

    return _to(_parties(dispute), dispute, f"to-council-{dispute.motion_id}", said, but=by)


def dispute_settled(dispute: Dispute, by: object) -> list[Letter]:
    """To the parties: that there is an agreement or a decision, and when it is followed up."""

    def said() -> tuple[str, str]:
        words = {"council": dispute.council.name, "title": dispute.title}
        if dispute.motion_id:
            subject, text = _("Konflikten er afgjort"), _("%(council)s har afgjort konflikten: %(title)s.") % words
        else:
            subject, text = _("I har en aftale"), _("Mæglingen førte til en aftale: %(title)s.") % words
        if dispute.follow_up_on:
            text += "\n\n" + _("Der følges op %(day)s.") % {"day": phrases.day_words(dispute.follow_up_on)}
        return subject, text

    return _to(_parties(dispute), dispute, "settled", said, but=by)


def dispute_withdrawn(dispute: Dispute, by: object) -> list[Letter]:
    """To the parties and to the mediator."""

    def said() -> tuple[str, str]:
        text = _("Konflikten er trukket tilbage: %(title)s.") % {"title": dispute.title}
        return _("Konflikten er trukket tilbage"), text + "\n\n" + _("I skal ikke gøre mere.")

    mediators = _holders(Q(seat=dispute.mediator_seat)) if dispute.mediator_seat_id else []
    mediators += [dispute.mediator] if dispute.mediator else []
    people = {user.pk: user for user in (*_parties(dispute), *mediators)}
    return _to(people.values(), dispute, "withdrawn", said, but=by)


def _parties(dispute: Dispute) -> list[User]:
    return _people_of(dispute.parties.values_list("pk", flat=True), dispute.council.center_id)


def _people_of(actor_ids: Iterable[int], center_id: int) -> list[User]:
    """The actors' contacts, and who represents them in the house's council; each once."""
    actor_ids = list(actor_ids)
    people = [place.user for place in Membership.objects.reachable().contacts_of(actor_ids)]
    people += _holders(
        Q(seat__actor__in=actor_ids, seat__council__center=center_id, seat__until=None, part=HolderRole.REPRESENTATIVE)
    )
    return list({user.pk: user for user in people}.values())


def _holders(where: Q) -> list[User]:
    held = SeatHolder.objects.in_force().filter(where).select_related("user").order_by("pk")
    return [holder.user for holder in held if holder.user]


def _recorder(notice: RuleNotice) -> Sequence[User]:
    user = notice.recorded_by
    return [user] if user and user.is_active and user.erased_at is None else []


def _to(
    people: Iterable[User], about: RuleNotice | Dispute, key: str, words: Words, *, but: object = None
) -> list[Letter]:
    """To each but the one who did it."""
    if isinstance(about, RuleNotice):
        center, route, label = about.center, "rule_notice", gettext_lazy("Læs påmindelsen")
    else:
        center, route, label = about.council.center, "dispute", gettext_lazy("Se konflikten")
    others = (user for user in people if user != but)
    link = reverse(route, kwargs={"hus": center.slug, "number": about.number})
    return letters_to(others, words, key=f"{route}-{key}:{about.pk}", link=link, label=label, center_id=center.pk)
