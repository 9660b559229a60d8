"""Messages about ballots. A link opens the page; it never votes. None holds a secret choice or a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from actors.council.ballots import chain, counting
from actors.council.enums import EventKind
from actors.council.models import Ballot, Council, Entitlement, HandVote, Proxy, Result, Seat, SeatHolder, VoteEvent
from actors.models import User
from medborger.common import phrases
from medborger.common.messaging.letters import Words, letters_to
from medborger.common.messaging.outbox import Letter

if TYPE_CHECKING:
    from actors.council.member import CouncilMember


def people_on(seat_ids: Iterable[int]) -> list[User]:
    """Everybody who holds one of the seats now, each once."""
    holders = SeatHolder.objects.in_force().filter(seat__in=seat_ids).select_related("user").order_by("pk")
    return list({holder.user_id: holder.user for holder in holders if holder.user}.values())


def opened(council: Council, ballots: Sequence[Ballot]) -> list[Letter]:
    """To the holders of all entitled seats: what is voted on, until when, and the hash of who is entitled."""
    first = ballots[0]
    seats = Entitlement.objects.filter(ballot=first).values_list("seat_id", flat=True)
    return _to(people_on(seats), first, f"ballot-opened:{first.pk}", lambda: _opened(council, ballots))


def _opened(council: Council, ballots: Sequence[Ballot]) -> tuple[str, str]:
    first = ballots[0]
    words = {"council": council.name, "motion": first.motion, "number": first.motion.number}
    subject = _("%(council)s stemmer: %(motion)s") % words
    lines = [_("Der stemmes om forslag %(number)s: %(motion)s.") % words]
    if first.amendment_id:
        amendments = ngettext(
            "Først stemmes der om et ændringsforslag.",
            "Først stemmes der om %(count)s ændringsforslag.",
            len(ballots),
        )
        lines = [lines[0], amendments % {"count": len(ballots)}]
    lines.append(_("Afstemningen lukker %(when)s.") % {"when": phrases.moment(first.closes_at)})
    codes = [chain.short(ballot.entitlement_hash) for ballot in ballots]
    lines.append(_("Kontrolkode for, hvem der kan stemme: %(code)s. Gem den.") % {"code": ", ".join(codes)})
    return subject, "\n\n".join(lines)


def closed(council: Council, ballot: Ballot, result: Result) -> list[Letter]:
    """To the holders of all entitled seats: the result with its calculation, and the final hash."""
    seats = Entitlement.objects.filter(ballot=ballot).values_list("seat_id", flat=True)
    return _to(people_on(seats), ballot, f"ballot-closed:{ballot.pk}", lambda: _closed(council, ballot, result))


def _closed(council: Council, ballot: Ballot, result: Result) -> tuple[str, str]:
    words = {"council": council.name, "subject": title(ballot), "verdict": result.get_verdict_display()}
    explained = counting.explain(result, ballot.orders.rules(), ballot.orders.entitled)
    text = [
        " ".join(explained),
        _("Kontrolkode for hele afstemningen: %(code)s. Gem den: ændres en stemme bagefter, passer koden ikke mere.")
        % {"code": chain.short(ballot.head_hash)},
    ]
    return _("%(verdict)s: %(subject)s") % words, "\n\n".join(text)


def cancelled(ballot: Ballot) -> list[Letter]:
    seats = Entitlement.objects.filter(ballot=ballot).values_list("seat_id", flat=True)
    return _to(
        people_on(seats),
        ballot,
        f"ballot-cancelled:{ballot.pk}",
        lambda: (
            _("Afstemningen er afbrudt: %(subject)s") % {"subject": title(ballot)},
            _("Forslaget er trukket tilbage. Stemmerne tælles ikke."),
        ),
    )


def reminder(ballot: Ballot, hours: int) -> list[Letter]:
    """To the seats that have not voted."""
    seats = Entitlement.objects.not_voted().filter(ballot=ballot).values_list("seat_id", flat=True)
    return _to(
        people_on(seats),
        ballot,
        f"ballot-reminder:{ballot.pk}:{hours}",
        lambda: (
            _("I har ikke stemt endnu: %(subject)s") % {"subject": title(ballot)},
            _("Afstemningen lukker %(when)s.") % {"when": phrases.moment(ballot.closes_at)},
        ),
    )


def receipt(event: VoteEvent, ballot: Ballot, seat: Seat, by: CouncilMember) -> list[Letter]:
    """To who voted. Of a secret vote it says only that it was cast."""

    def words() -> tuple[str, str]:
        subject = _("Stemmen er afgivet: %(subject)s") % {"subject": title(ballot)}
        if event.kind == EventKind.CAST:
            return subject, _("Du har stemt for %(seat)s. Stemmen er hemmelig og kan ikke ændres.") % {
                "seat": seat.name
            }
        text = _(
            "Du stemte »%(choice)s« for %(seat)s. I kan ændre stemmen, til afstemningen lukker %(when)s. "
            "Stemmen er hændelse %(number)s med kontrolkoden %(code)s."
        )
        return subject, text % {
            "choice": event.get_choice_display(),
            "seat": seat.name,
            "when": phrases.moment(ballot.closes_at),
            "number": event.number,
            "code": chain.short(event.hash),
        }

    return _to([by.person], ballot, f"vote:{event.pk}", words)


def handed_over(ballot: Ballot, seat: Seat, to: SeatHolder) -> list[Letter]:
    return _to(
        [to.user] if to.user else [],
        ballot,
        f"ballot-handed-over:{ballot.pk}:{to.pk}",
        lambda: (
            _("Du skal stemme for %(seat)s: %(subject)s") % {"seat": seat.name, "subject": title(ballot)},
            _("Stemmen er overdraget til dig. Afstemningen er hemmelig og lukker %(when)s.")
            % {"when": phrases.moment(ballot.closes_at)},
        ),
    )


def proxy_given(proxy: Proxy) -> list[Letter]:
    return _to(
        people_on([proxy.holder_id]),
        proxy.ballot,
        f"proxy:{proxy.pk}",
        lambda: (
            _("I har fået fuldmagt af %(giver)s: %(subject)s")
            % {"giver": proxy.giver.name, "subject": title(proxy.ballot)},
            _("I kan stemme for %(giver)s, til afstemningen lukker %(when)s.")
            % {"giver": proxy.giver.name, "when": phrases.moment(proxy.ballot.closes_at)},
        ),
    )


def entered(ballot: Ballot, votes: Sequence[HandVote]) -> list[Letter]:
    """To each seat that a vote was entered for and confirmed: it can be voided until closing."""
    return [letter for vote in votes for letter in _entered(ballot, vote)]


def _entered(ballot: Ballot, vote: HandVote) -> list[Letter]:
    return _to(
        people_on([vote.seat_id]),
        ballot,
        f"hand-vote:{vote.pk}",
        lambda: (
            _("I har stemt ved håndsoprækning: %(subject)s") % {"subject": title(ballot)},
            _(
                "%(leader)s har registreret »%(choice)s« for %(seat)s, og en anden plads har bekræftet det. "
                "Er det forkert, kan I annullere stemmen, til afstemningen lukker %(when)s."
            )
            % {
                "leader": vote.entering_seat.name,
                "choice": vote.get_choice_display(),
                "seat": vote.seat.name,
                "when": phrases.moment(ballot.closes_at),
            },
        ),
    )


def voided(ballot: Ballot, vote: HandVote) -> list[Letter]:
    """To the seat that entered it: the seat itself has voided its vote."""
    return _to(
        people_on([vote.entering_seat_id]),
        ballot,
        f"hand-vote-voided:{vote.pk}",
        lambda: (
            _("%(seat)s har annulleret den stemme, I registrerede") % {"seat": vote.seat.name},
            title(ballot) + ".",
        ),
    )


def title(ballot: Ballot) -> str:
    """What is voted on, in a line."""
    if ballot.amendment:
        return _("Ændringsforslag %(number)s til »%(motion)s«") % {
            "number": ballot.amendment.number,
            "motion": ballot.motion,
        }
    if ballot.recusal:
        return _("Er %(seat)s inhabil i »%(motion)s«?") % {"seat": ballot.recusal.seat.name, "motion": ballot.motion}
    return str(ballot.motion)


def _to(users: Collection[User], ballot: Ballot, key: str, words: Words) -> list[Letter]:
    center = ballot.council.center
    link = reverse("motion", kwargs={"hus": center.slug, "number": ballot.motion.number})
    return letters_to(users, words, key=key, link=link, label=gettext_lazy("Se forslaget"), center_id=center.pk)
