"""Errors of the council. Each names its form field and says what helps."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from medborger.common.errors import DomainError, NotAllowed

if TYPE_CHECKING:
    from actors.council.models import Motion

# --- seats and holders ---


class CouncilAlready(DomainError):
    message, field = _("Huset har allerede et råd."), "name"


class SeatAlready(DomainError):
    message, field = _("Den plads findes allerede."), "actor"


class SeatOver(DomainError):
    message = _("Pladsen findes ikke længere.")


class SeatsFollowTheHouse(DomainError):
    """The standing orders give every association a seat: seats come and go with the association's tie to the house."""

    message = _("Alle foreninger i huset har en plads. Pladsen følger foreningens tilknytning til huset.")


class WrongKindOfSeat(DomainError):
    """A named seat in a council of actors, or an actor's in a board."""

    message = _("Den slags pladser har rådet ikke, som forretningsordenen er nu.")


class NotYourSeat(NotAllowed):
    message = _("Du har ikke den plads.")


class NotTheirs(DomainError):
    message, field = _("Vælg en person fra jeres egen aktør."), "person"


class NotInTheHouse(DomainError):
    message, field = _("Personen hører ikke til i huset."), "person"


class HoldsAlready(DomainError):
    message, field = _("Personen er allerede repræsentant eller suppleant for pladsen."), "person"


class NotOneself(NotAllowed):
    message = _("Du kan ikke give dig selv en plads. Spørg en anden leder.")


class StaffOnNoBoard(DomainError):
    message, field = _("Husets medarbejdere kan ikke sidde i rådet."), "person"


class VotedOnNow(DomainError):
    """The house does not change who votes for a board seat while it may vote."""

    message = _("Der stemmes nu. Vent, til afstemningen er lukket.")


# --- motions ---


class NotAMover(NotAllowed):
    """The person may not move motions for this seat; staff never may (S921-922)."""

    message = _("Forretningsordenen giver dig ikke ret til at stille forslag.")


class KindNotOffered(DomainError):
    """A dispute comes to the council from its own page, with its parties."""

    message, field = _("En konflikt sendes til rådet fra konfliktens egen side."), "kind"


class NotADraft(DomainError):
    message = _("Forslaget er stillet. Teksten ændres nu med ændringsforslag.")


class NotOpen(DomainError):
    message = _("Forslaget er ikke til drøftelse nu.")


class MotionOver(DomainError):
    message = _("Forslaget er afgjort eller trukket tilbage.")


class BallotIsOpen(DomainError):
    message = _("Der stemmes om forslaget nu.")


class BallotBeingCounted(DomainError):
    message = _("Afstemningen er slut, og stemmerne tælles op. Forslaget kan ikke trækkes tilbage nu.")


class MotionIncomplete(DomainError):
    """`field` says what is missing."""

    status = 422
    message = _("Skriv det, der mangler, før forslaget kan stilles.")


class RuleNotInForce(DomainError):
    message, field = _("Den husregel gælder ikke."), "rule"


class RuleChangedSince(DomainError):
    message, field = _("Husreglen er ændret, siden kladden blev skrevet. Ret kladden, og gem den igen."), "rule"


class RuleChangesSoon(DomainError):
    """`on` is the day from which another version is in force."""

    on: date
    message, field = (
        _("Husreglen er allerede ændret fra en senere dag. Vent med forslaget, til ændringen gælder."),
        "rule",
    )


class RuleHasMotion(DomainError):
    """`motion` is the one that is before the council already."""

    motion: Motion
    message, field = _("Der er allerede et forslag om at ændre den husregel."), "rule"


class TooManyFigures(DomainError):
    message, field = _("Et forslag har højst 30 poster."), "figures"


class NothingChanged(DomainError):
    message, field = _("Teksten er den samme som før. Ret teksten, før I sender."), "text"


class NothingToAmend(DomainError):
    """A repeal has no words, and standing orders may have none."""

    message = _("Forslaget har ingen tekst at ændre.")


class NotYourComment(NotAllowed):
    message = _("Du kan kun rette dine egne kommentarer.")


class SameWordsTaken(DomainError):
    """Another amendment has changed the same words meanwhile."""

    message = _("Ændringsforslaget ændrer ord, som er ændret siden. Det kan ikke flettes ind.")


class AmendmentDecided(DomainError):
    message = _("Ændringsforslaget er allerede afgjort.")


class OrdersContradict(DomainError):
    """A set of standing orders that the database's checks refuse."""

    message = _("De valg passer ikke sammen.")


class RecusedAlready(DomainError):
    message, field = _("Pladsen er allerede inhabil i forslaget."), "seat"


class TooLateToRecuse(DomainError):
    """A secret vote that has been cast cannot be found again."""

    message = _(
        "Pladsen har allerede stemt hemmeligt. Stemmen kan ikke findes igen, så pladsen kan ikke blive inhabil nu."
    )


# --- ballots ---


class NoticeRuns(DomainError):
    """`until` is the instant from which the ballot may open."""

    until: datetime
    message = _("Forslaget skal ligge til drøftelse lidt endnu, før der kan stemmes.")


class OrdersHaveMotion(DomainError):
    """Each such motion says every setting: two at once would undo each other."""

    message = _("Der er allerede et forslag om forretningsordenen. Vent, til det er afgjort.")


class TooFewForSecrecy(DomainError):
    """Fewer than five left: the result would tell what each voted."""

    message = _("Der er for få pladser til at stemme hemmeligt: der skal være mindst fem, når inhabile er trukket fra.")


class MinutesOutOfReach(DomainError):
    message, field = _("En afstemning på et møde varer mellem 10 og 240 minutter."), "minutes"


class NotByHands(DomainError):
    message, field = _("Når der stemmes hemmeligt, kan det ikke ske ved håndsoprækning."), "method"


class NoMeetingNow(DomainError):
    message = _(
        "I kan kun stemme ved håndsoprækning på et møde, som rådet er indkaldt til, og som holdes nu. "
        "Vælg en anden måde, eller indkald rådet til et møde."
    )
    field = "method"


class NotEntitled(NotAllowed):
    message = _("Pladsen har ikke stemmeret i denne afstemning.")


class IsRecused(NotAllowed):
    message = _("Pladsen er inhabil og stemmer ikke om dette.")


class BallotClosed(DomainError):
    message = _("Afstemningen er lukket. Stemmen kom ikke med.")


class AlreadyCast(DomainError):
    message = _("Der er allerede stemt for pladsen. En hemmelig stemme kan ikke ændres.")


class RepresentativeHasVoted(DomainError):
    message = _("Repræsentanten har stemt. Kun repræsentanten kan ændre stemmen.")


class OwnVoteCounts(DomainError):
    message = _("Pladsen har selv stemt. Den stemme gælder frem for fuldmagten.")


class NotNamed(NotAllowed):
    """In a secret ballot one named person casts for each seat."""

    message = _("I en hemmelig afstemning stemmer én bestemt person for hver plads. Det er ikke dig.")


class WrongKindOfVote(DomainError):
    """An open vote on a secret ballot, or the other way round."""

    message = _("Sådan stemmes der ikke i denne afstemning.")


class NoProxies(NotAllowed):
    message = _("Forretningsordenen tillader ikke fuldmagter i denne afstemning.")


class NoReviews(NotAllowed):
    message = _("Forretningsordenen siger ikke, at husregler tages op igen.")


class ProxyAlready(DomainError):
    message, field = _("Pladsen har allerede givet fuldmagt."), "holder"


class TooManyProxies(DomainError):
    message, field = _("Den plads har allerede så mange fuldmagter, som forretningsordenen tillader."), "holder"


class HandsByTwoSeats(NotAllowed):
    """One seat enters the hands, another confirms them. Never staff."""

    message = _(
        "Formanden registrerer en håndsoprækning, og en anden plads bekræfter den. "
        "Uden formand registrerer den plads, der åbnede afstemningen."
    )


class NoHandsEntered(DomainError):
    message = _(
        "Ingen stemmer er registreret. Gem listen, og lad en anden plads bekræfte den, før du lukker afstemningen."
    )


class NotConfirmed(DomainError):
    message = _("Listen er ikke bekræftet. En anden plads skal bekræfte den, før du kan lukke afstemningen.")


# --- notices and disputes ---


class RuleNotThatDay(DomainError):
    message, field = _("Den husregel gjaldt ikke den dag."), "rule"


class InTheFuture(DomainError):
    message, field = _("Tidspunktet må ikke ligge i fremtiden."), "happened_at"


class WarningNeedsReminder(DomainError):
    message, field = _("En advarsel kommer efter en påmindelse. Aktøren har ikke fået en."), "follows"


class AlreadyAnswered(DomainError):
    message, field = _("Der er allerede svaret."), "answer"


class AppealedAlready(DomainError):
    message = _("Der er allerede gjort indsigelse.")


class NeedsTwoParties(DomainError):
    """Only a matter that began with a notice has one: there the house is the other side."""

    message, field = _("En konflikt har mindst to parter."), "parties"


class MediatorIsParty(DomainError):
    message, field = _("En part kan ikke mægle."), "mediator"


class DisputeOver(DomainError):
    message = _("Konflikten er afgjort.")


class DisputeBeforeCouncil(DomainError):
    message = _("Konflikten er sendt til rådet.")


class OnlyTheCouncil(NotAllowed):
    message = _("Det kan kun den, der har en plads i rådet.")


class NotYourMatter(NotAllowed):
    """Staff never answer, appeal or raise a dispute on an actor's behalf."""

    message = _("Det kan kun aktørens egen kontaktperson eller repræsentant.")


class NotTheMediator(NotAllowed):
    message = _("Det kan kun mægleren.")


class MediationFirst(DomainError):
    message, field = _("Skriv, hvad I har prøvet for at blive enige, før rådet skal afgøre det."), "tried"


class NotSettledYet(DomainError):
    message = _("Konflikten er ikke afgjort endnu.")


class NotAComingDay(DomainError):
    message = _("Vælg en dag, der kommer.")
