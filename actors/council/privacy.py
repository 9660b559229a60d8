"""Votes, motions and rules are kept for good; the person behind them is cut. Notices and disputes are deleted.

A ballot's chain holds a salted commitment to who voted: without the salt it still proves that nothing was changed, and no
longer tells who.
"""

from collections.abc import Iterable
from functools import partial

from django.db.models import Model, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from actors.council.models import (
    Amendment,
    Cast,
    Comment,
    Dispute,
    HandVote,
    Motion,
    Proxy,
    RuleNotice,
    SeatHolder,
)
from medborger.common import clock
from medborger.common.forget import delete, in_batches, months_ago
from medborger.common.privacy import Chapter, Person, Table, none, personal, sensitive, tables

SEAT_MONTHS = 12
PERSON_YEARS = 5
MATTER_MONTHS = 24


# --- seats ----------------------------------------------------------------------------------------------------------


def forget_holders() -> int:
    """Cut the person from a seat 12 months after they left it; that somebody held it stays."""
    former = SeatHolder.objects.filter(until__lt=months_ago(SEAT_MONTHS), user__isnull=False)
    return in_batches(former, _cut_holders)


def cut_holder(person: Person) -> None:
    """A seat that the person holds is free for somebody else from now on."""
    held = SeatHolder.objects.filter(user=person.pk)
    held.filter(until=None).update(until=clock.now())
    _cut_holders(held)


def _cut_holders(holders: QuerySet[Model]) -> None:
    holders.update(user=None)


# --- votes ----------------------------------------------------------------------------------------------------------


def forget_voters() -> int:
    past = Cast.objects.filter(Q(user__isnull=False) | ~Q(salt=""), event__at__lt=months_ago(12 * PERSON_YEARS))
    return in_batches(past, _cut_voters)


def cut_voter(person: Person) -> None:
    _cut_voters(Cast.objects.filter(user=person.pk))


def _cut_voters(casts: QuerySet[Model]) -> None:
    """Person and salt together: with the salt alone, persons could be tried against the chain until one fits."""
    casts.update(user=None, salt="")


# --- what a person wrote or did for a seat --------------------------------------------------------------------------

# The tables, which field names the person, and which says when.
DONE_FOR_A_SEAT: Iterable[tuple[type[Model], str, str]] = (
    (Motion, "author", "created_at"),
    (Amendment, "author", "created_at"),
    (Comment, "author", "created_at"),
    (Proxy, "given_by", "given_at"),
    (HandVote, "entered_by", "entered_at"),
)


def forget_doers() -> int:
    """Cut the person 5 years after; what was written or done stands in the seat's name."""
    limit = months_ago(12 * PERSON_YEARS)
    return sum(
        in_batches(
            model._default_manager.filter(**{f"{person}__isnull": False, f"{time}__lt": limit}), partial(_cut, person)
        )
        for model, person, time in DONE_FOR_A_SEAT
    )


def cut_doer(person: Person) -> None:
    for model, field, _time in DONE_FOR_A_SEAT:
        _cut(field, model._default_manager.filter(**{field: person.pk}))


def _cut(field: str, rows: QuerySet[Model]) -> None:
    rows.update(**{field: None})


# --- notices and disputes -------------------------------------------------------------------------------------------


def forget_disputes() -> int:
    """Those settled or withdrawn 24 months ago; a motion that they led to stays."""
    return delete(Dispute.objects.filter(settled_at__lt=months_ago(MATTER_MONTHS)))


def forget_notices() -> int:
    """Those recorded 24 months ago, but for one that is disputed: it goes with the dispute, or the night after."""
    return delete(RuleNotice.objects.filter(created_at__lt=months_ago(MATTER_MONTHS), dispute=None))


def cut_dispute(person: Person) -> None:
    for field in ("author", "mediator"):
        _cut(field, Dispute.objects.filter(**{field: person.pk}))


def cut_notice(person: Person) -> None:
    for field in ("recorded_by", "answered_by"):
        _cut(field, RuleNotice.objects.filter(**{field: person.pk}))


_PERSON_CUT = format_lazy(
    _("Dit navn fjernes {years} år efter. Det, I skrev eller stemte, bliver stående med pladsens navn."),
    years=PERSON_YEARS,
)
_MATTER = format_lazy(_("{months} måneder efter, at sagen er slut"), months=MATTER_MONTHS)
_ORDERS = (
    none("entitled quorum quorum_share quorum_number majority blanks_count secret shows_choices"),
    none("live_results turnout_shown proxies reviews notice_days ballot_days tie movers"),
)
_WHEN = none("from_minute to_minute weekdays review_on")

tables.add(
    Table("council.Council", (none("id center name created_at"),)),
    Table("council.StandingOrders", (*_ORDERS, none("id council version motion in_force_at"))),
    Table("council.Seat", (none("id council actor own_name is_chair since until"),)),
    Table(
        "council.SeatHolder",
        (
            sensitive(
                "user part since until",
                what=_("Hvilken plads i rådet du er repræsentant eller suppleant for, og hvornår du var det"),
                why=_("Så du kan stemme for pladsen. Kun dine egne kan se, at det er dig."),
            ),
            none("id seat"),
        ),
        chapter=Chapter.COUNCIL,
        kept=format_lazy(_("Dit navn fjernes {months} måneder efter, at du er holdt op."), months=SEAT_MONTHS),
        forget=forget_holders,
        cut=cut_holder,
    ),
    Table(
        "council.Motion",
        (
            personal(
                "author",
                what=_("At det var dig, der skrev et forslag for jeres plads"),
                why=_("Så dine egne ved, hvem de kan spørge."),
            ),
            _WHEN,
            none("id council number kind state mover title meaning why rule based_on"),
            none("rooms effective_on form_token version created_at opened_at notice_from ended_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_doers,
        cut=cut_doer,
    ),
    Table("council.MotionRoom", (none("id motion room"),)),
    Table("council.MotionFigure", (none("id motion position label kroner"),)),
    Table("council.MotionText", (none("id motion number text short amendment created_at"),)),
    Table("council.ProposedOrders", (*_ORDERS, none("id motion"))),
    Table(
        "council.Amendment",
        (
            personal(
                "author",
                what=_("At det var dig, der skrev et ændringsforslag"),
                why=_("Så dine egne ved, hvem de kan spørge."),
            ),
            none("id motion number seat base text short reason state form_token"),
            none("created_at ended_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_doers,
        cut=cut_doer,
    ),
    Table(
        "council.Comment",
        (
            personal(
                "author",
                what=_("At det var dig, der skrev en kommentar til et forslag"),
                why=_("Så du kan rette den, og ingen andre kan."),
            ),
            none("id motion seat text form_token created_at edited_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_doers,
        cut=cut_doer,
    ),
    Table("council.CommentEdit", (none("id comment text at"),)),
    Table("council.Recusal", (none("id motion seat proposed_by reason state at"),)),
    Table(
        "council.Ballot",
        (
            none("id council motion amendment recusal text orders method secret opened_by"),
            none("chair opened_at closes_at closed_at entitlement_hash opening_hash head_number"),
            none("head_hash"),
        ),
    ),
    Table(
        "council.VoteEvent",
        (
            none("id ballot number kind seat choice capacity commitment payload at"),
            none("previous hash"),
        ),
    ),
    Table(
        "council.Cast",
        (
            sensitive(
                "user salt reason",
                what=_(
                    "At det var dig, der stemte for jeres plads, og hvorfor, hvis du skrev det. "
                    "Ved en hemmelig afstemning kun, at du har stemt, og ikke hvad."
                ),
                why=_("Så det kan ses, at stemmen kom fra en, der måtte stemme, og at ingen har ændret den."),
            ),
            none("event"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_voters,
        cut=cut_voter,
    ),
    Table("council.Entitlement", (none("id ballot seat recused named counting"),)),
    Table("council.BoxVote", (none("code ballot choice"),)),
    Table("council.SecretVote", (none("code ballot choice"),)),
    Table(
        "council.Proxy",
        (
            personal(
                "given_by",
                what=_("At det var dig, der gav en anden plads fuldmagt til at stemme for jer"),
                why=_("Så I kan se, hvem der gav den."),
            ),
            none("id ballot giver holder given_at ended_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_doers,
        cut=cut_doer,
    ),
    Table(
        "council.HandVote",
        (
            personal(
                "entered_by",
                what=_("At det var dig, der registrerede, hvad en plads stemte"),
                why=_("Så en anden bekræfter den, og en fejl kan findes."),
            ),
            none("id ballot seat choice entering_seat entered_at confirming_seat event voided_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_PERSON_CUT,
        forget=forget_doers,
        cut=cut_doer,
    ),
    Table(
        "council.Result",
        (
            none("ballot verdict seats recused cast votes_for against blank quorum_needed"),
            none("base needed tied chair counted_at"),
        ),
    ),
    Table("council.Reminder", (none("id ballot hours at"),)),
    Table("council.HouseRule", (none("id center number"),)),
    Table(
        "council.HouseRuleVersion",
        (
            _WHEN,
            none("id rule number title text short rooms repeals in_force_on motion"),
            none("created_at"),
        ),
    ),
    Table("council.RuleRoom", (none("id version room"),)),
    # Disputes before notices: a notice is held by its dispute.
    Table(
        "council.Dispute",
        (
            personal(
                "author mediator title what mediation decision",
                what=_("En konflikt, du har rejst eller mæglet i, hvad den drejede sig om, og hvad I blev enige om"),
                why=_(
                    "Så den kan løses og følges op. Kun parterne, mægleren, rådet og husets medarbejdere kan se den."
                ),
            ),
            none("id council number raised_by notice parties state mediator_seat motion"),
            none("follow_up_on followed_up_at form_token created_at settled_at"),
        ),
        chapter=Chapter.COUNCIL,
        kept=_MATTER,
        forget=forget_disputes,
        cut=cut_dispute,
    ),
    Table("council.DisputeParty", (none("id dispute actor"),)),
    Table(
        "council.RuleNotice",
        (
            personal(
                "recorded_by what answer answered_by",
                what=_("En påmindelse om en husregel: hvad der skete, hvem der skrev den, og hvem der svarede"),
                why=_("Så reglerne gælder ens for alle. Kun jeres egne, rådet og husets medarbejdere kan se den."),
            ),
            none("id center number actor version room happened_at follows created_at"),
            none("answered_at form_token"),
        ),
        chapter=Chapter.COUNCIL,
        kept=format_lazy(
            _("{months} måneder. Er der gjort indsigelse, {months} måneder efter, at sagen er slut."),
            months=MATTER_MONTHS,
        ),
        forget=forget_notices,
        cut=cut_notice,
    ),
)
