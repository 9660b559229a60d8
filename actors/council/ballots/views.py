"""Pages of a ballot: open it, vote, proxies, show of hands, verification, certificate."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.council import errors
from actors.council.ballots import actions, ballot_panel, ballot_votes, chain, verify
from actors.council.ballots.actions.hands import fingerprint, leads
from actors.council.ballots.actions.opening import closing_of, may_open_from
from actors.council.ballots.ballot_panel import BallotPanel, day_and_time
from actors.council.ballots.emails import title
from actors.council.ballots.forms import AnchorForm, HandOverForm, HandsForm, OpenForm, ProxyForm, VoteForm
from actors.council.ballots.verify import told
from actors.council.enums import BEFORE_COUNCIL, Method, MotionState
from actors.council.member import CouncilMember
from actors.council.models import Ballot, Entitlement, HandVote, Proxy, Seat, SeatHolder, VoteEvent
from actors.council.motions.views import Chamber, refused_motion
from actors.council.views import as_holder, as_voter, ballot_and_member, seat_of
from actors.permissions import tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common import clock
from medborger.common.errors import DomainError, Stale
from medborger.common.limits import limited, posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page, refused_on, succeeds

CREATED = 201  # a page that shows what cannot be shown again


@requires(tied)
@require_safe
def ballot(request: HouseRequest, pk: int) -> HttpResponse:
    """Show a ballot: what is voted on, the form, and afterwards the result seat by seat; `plads` filters the list."""
    return _page(request, ballot_panel.of_ballot(*ballot_and_member(request, pk)).with_form(), status=200)


@requires(tied)
@posting
@require_POST
def vote(request: HouseRequest, pk: int) -> HttpResponse:
    """Cast a vote, or change it. Of a secret one the answer itself shows the code, once: nothing else ever holds it."""
    found, member = as_voter(request, pk)
    form = VoteForm(request.POST, seats=(), secret=found.secret)
    if not form.is_valid():
        return _refused_vote(request, pk)
    seat = seat_of(member, form.cleaned_data["seat"])
    choice = form.cleaned_data["choice"]
    said = {"seat": seat, "choice": choice, "by": member}
    if found.secret:
        code = attempt(form, actions.cast_secret, ballot=found, **said)
        return _receipt(request, found, seat, code) if code else _refused_vote(request, pk, form.refused)
    vote = attempt(form, actions.vote, ballot=found, reason=form.cleaned_data["reason"], **said)
    if vote is None:
        return _refused_vote(request, pk, form.refused)
    return redirect_in_house(request, "ballot", pk, said=_said(seat, vote))


def _said(seat: Seat, vote: VoteEvent) -> str:
    words = {"seat": seat.name, "choice": vote.get_choice_display()}
    if seat.actor_id is None:
        return _("Din stemme er afgivet: %(choice)s. Du stemte for %(seat)s.") % words
    return _("Jeres stemme er afgivet: %(choice)s. Du stemte for %(seat)s.") % words


def _receipt(request: HouseRequest, ballot: Ballot, seat: Seat, code: str) -> HttpResponse:
    context = ballot_heading(ballot) | {"seat": seat, "code": code}
    response = render(request, "council/secret_receipt.html", context, status=CREATED)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused_vote(request: HouseRequest, pk: int, error: DomainError | None = None) -> HttpResponse:
    """At the form's fields, or on top of the page where there is no form any more."""
    panel = ballot_panel.of_ballot(*ballot_and_member(request, pk))
    form = panel.vote_form(request.POST)
    if form.is_valid() and error:
        form.refuse(error)
    if panel.voters:
        return _page(request, panel.with_form(form), status=422)
    refused = next(str(error) for found in form.errors.values() for error in found)
    return _page(request, panel, status=409, refused=refused)


def refused_ballot(request: HouseRequest, pk: int, *, refused: str, status: int, **path: object) -> HttpResponse:
    """Show the ballot as it is now, with what was refused."""
    return ballot_page(request, *ballot_and_member(request, pk), status=status, refused=refused)


@requires(tied)
@posting
@form_page
@refused_on(refused_ballot)
def proxy(request: HouseRequest, pk: int) -> HttpResponse:
    """Let another seat vote for one's own in this ballot."""
    found, member = as_holder(request, pk)
    if not found.orders.proxies:
        raise errors.NoProxies
    panel = ballot_panel.of_ballot(found, member)
    givers = [own.row.seat for own in panel.seats if own.part and not own.proxy and not own.row.recused]
    if request.method != "POST" and not (panel.is_open and givers):
        raise errors.ProxyAlready if panel.is_open else errors.BallotClosed
    offered = Seat.objects.in_danish_order().filter(entitlements__ballot=found, entitlements__recused=False)
    others = [seat for seat in offered if [seat.pk] != [giver.pk for giver in givers]]
    form = ProxyForm(request.POST or None, own=givers, seats=others)
    if form.is_valid():
        giver, holder = (seat_of(member, form.cleaned_data[name]) for name in ("own", "seat"))
        if succeeds(form, actions.give_proxy, ballot=found, giver=giver, holder=holder, by=member):
            return redirect_in_house(
                request,
                "ballot",
                pk,
                said=_("%(seat)s kan nu stemme for %(giver)s.") % {"seat": holder, "giver": giver},
            )
    return render(
        request, "council/proxy.html", ballot_heading(found) | {"form": form}, status=422 if form.errors else 200
    )


@requires(tied)
@posting
@require_POST
@refused_on(refused_ballot)
def proxy_back(request: HouseRequest, pk: int, proxy_pk: int) -> HttpResponse:
    """Take a proxy back."""
    found, member = ballot_and_member(request, pk)
    given = get_object_or_404(Proxy.objects.filter(ballot=found, giver__in=member.own_seats), pk=proxy_pk)
    actions.end_proxy(proxy=given, by=member)
    return redirect_in_house(request, "ballot", pk, said=_("Fuldmagten er trukket tilbage."))


@requires(tied)
@posting
@form_page
@refused_on(refused_ballot)
def hand_over(request: HouseRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Before a secret vote is cast: let another person on the seat cast it."""
    found, member = as_holder(request, pk)
    if not member.holds(seat_pk):
        raise errors.NotYourSeat
    panel = ballot_panel.of_ballot(found, member)
    own = next((own for own in panel.seats if own.row.seat_id == seat_pk), None)
    if own is None:
        raise errors.NotEntitled
    if request.method != "POST" and not (panel.is_open and found.secret and own.may_vote):
        raise errors.WrongKindOfVote(own.why_not or None)
    seat, me = own.row.seat, member.access.user.pk
    holders = {
        holder.pk: holder
        for holder in SeatHolder.objects.in_force().filter(seat=seat).exclude(user=me).select_related("user")
    }
    form = HandOverForm(request.POST or None, holders=holders.values())
    if form.is_valid():
        to = holders[form.cleaned_data["holder"]]
        if succeeds(form, actions.hand_over, ballot=found, seat=seat, to=to, by=member):
            return redirect_in_house(
                request, "ballot", pk, said=_("%(who)s stemmer nu for %(seat)s.") % {"who": to.user, "seat": seat}
            )
    context = ballot_heading(found) | {"form": form, "seat": seat, "holders": holders}
    return render(request, "council/hand_over.html", context, status=422 if form.errors else 200)


@requires(tied)
@limited("check", "30/m")
@require_safe
def check(request: HouseRequest, pk: int) -> HttpResponse:
    """Recompute everything, and compare with the code that somebody kept (`kode`)."""
    found, member = ballot_and_member(request, pk)
    form = AnchorForm(request.GET if request.GET.get("kode") else None)
    anchor = form.cleaned_data["kode"] if form.is_bound and form.is_valid() else ""
    try:
        report = verify.check(found, anchor)
    except ValueError:
        form.add_error(
            "kode", _("Det ligner ikke en kontrolkode. Den har mindst 32 tegn: tallene 0–9 og bogstaverne a–f.")
        )
        report = verify.check(found)
    panel = ballot_panel.of_ballot(found, member)
    shown = report.events if panel.turnout else report.events[:1]
    events = [told(event, shows_votes=panel.shows_votes) for event in shown]
    context = {"form": form, "report": report, "panel": panel, "events": events}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "council/check.html", ballot_heading(found) | context | _hashes(found), status=status)


@requires(tied)
@require_safe
def certificate(request: HouseRequest, pk: int) -> HttpResponse:
    """What was decided and how, with the codes it can be checked by, to print. 404 until it is decided."""
    found, member = ballot_and_member(request, pk)
    panel = ballot_panel.of_ballot(found, member)
    if panel.result is None:
        return ballot_page(request, found, member, status=404, refused=_("Attesten kommer, når stemmerne er talt op."))
    context = {"panel": panel, "groups": ballot_votes.groups(panel), "codes": ballot_votes.codes(panel)}
    return render(request, "council/certificate.html", ballot_heading(found) | context | _hashes(found))


def ballot_page(
    request: HouseRequest, ballot: Ballot, member: CouncilMember, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    """`refused` is why something that was asked for here did not happen."""
    return _page(request, ballot_panel.of_ballot(ballot, member).with_form(), status=status, refused=refused)


def _page(request: HouseRequest, panel: BallotPanel, *, status: int, refused: str = "") -> HttpResponse:
    search = request.GET.get("plads", "").strip()
    context = {
        "panel": panel,
        "refused": refused,
        "search": search,
        "groups": ballot_votes.groups(panel, search),
        "codes": ballot_votes.codes(panel),
        "many": panel.numbers["seats"] > ballot_votes.FEW,
    }
    return render(request, "council/ballot.html", ballot_heading(panel.ballot) | context, status=status)


def ballot_heading(ballot: Ballot) -> dict[str, Any]:
    """What every page of a ballot has at its head."""
    return {"ballot": ballot, "motion": ballot.motion, "title": title(ballot)}


def _hashes(ballot: Ballot) -> dict[str, str]:
    """The codes as they are mailed and printed."""
    return {
        "entitlement_code": chain.short(ballot.entitlement_hash),
        "final_code": chain.short(ballot.final_hash) if ballot.final_hash else "",
        "opened": ballot_panel.day_and_time(ballot.opened_at),
        "closed": ballot_panel.day_and_time(ballot.closed_at) if ballot.closed_at else "",
    }


@requires(tied)
@posting
@form_page
@refused_on(refused_motion)
def open_ballot(request: HouseRequest, number: int) -> HttpResponse:
    """What will be voted on and how; the seat that moved it, or the chair's, opens the ballot."""
    chamber = Chamber.of(request)
    found, member = chamber.motion(number), chamber.member
    if not any(seat.pk == found.mover_id or seat.is_chair for seat in member.held_seats):
        raise errors.NotYourSeat
    if found.state != MotionState.OPEN:
        raise errors.BallotIsOpen if found.state in BEFORE_COUNCIL else errors.NotOpen
    if (until := may_open_from(found, chamber.orders)) > clock.now():
        said = _("Forslaget skal ligge til drøftelse lidt endnu. Det kan sættes til afstemning fra %(when)s.")
        raise errors.NoticeRuns(said % {"when": day_and_time(until)}, until=until)
    posted = request.POST if request.method == "POST" else None
    form = OpenForm(posted, secret=chamber.orders.secret)
    if form.is_valid():
        method = Method(form.cleaned_data["method"])
        minutes = None if method == Method.ONLINE else form.cleaned_data["minutes"]
        if succeeds(form, actions.open_ballots, motion=found, method=method, minutes=minutes, by=member):
            return redirect_in_house(
                request, "motion", number, said=_("Afstemningen er åben. Alle pladser har fået besked.")
            )
    context = {
        "motion": found,
        "form": form,
        "orders": chamber.orders,
        "closes": day_and_time(closing_of(Method.ONLINE, chamber.orders.ballot_days)),
        "amendments": list(found.amendments.undecided().order_by("number")),
    }
    return render(request, "council/motion_ballot.html", context, status=422 if form.errors else 200)


@requires(tied)
@posting
@form_page
@refused_on(refused_ballot)
def hands(request: HouseRequest, pk: int) -> HttpResponse:
    """The seat that leads the vote enters the list, and whoever holds another seat confirms it."""
    ballot, member = as_holder(request, pk)
    if member.access.is_staff_in(member.council.center_id):
        raise errors.HandsByTwoSeats
    if ballot.method != Method.HANDS or not ballot.is_open():
        raise errors.WrongKindOfVote if ballot.method != Method.HANDS else errors.BallotClosed
    seats = [row.seat for row in Entitlement.objects.not_voted().filter(ballot=ballot).with_names()]
    form = HandsForm(request.POST if request.method == "POST" else None, seats=seats if leads(ballot, member) else ())
    if not form.is_valid():
        return _hands_page(request, ballot, member, seats, form, status=422 if form.is_bound else 200)
    seen = request.POST.get("seen", "")
    try:
        if leads(ballot, member):
            done = succeeds(form, actions.enter, ballot=ballot, choices=form.choices(), seen=seen, by=member)
            said = _("Listen er gemt. En anden plads skal nu bekræfte den.")
        else:
            done = succeeds(form, actions.confirm, ballot=ballot, seen=seen, by=member)
            said = _("Listen er bekræftet, og stemmerne tæller.")
    except Stale as error:
        form.refuse(error)
        return _hands_page(request, ballot, member, seats, form, status=error.status)
    if not done:
        return _hands_page(request, ballot, member, seats, form, status=422)
    return redirect_in_house(request, "ballot_hands", pk, said=said)


def _hands_page(
    request: HouseRequest, ballot: Ballot, member: CouncilMember, seats: list[Seat], form: HandsForm, status: int
) -> HttpResponse:
    votes = list(HandVote.objects.not_voided().filter(ballot=ballot))
    waiting = {vote.seat_id: vote for vote in votes if vote.event_id is None}
    form.suggest({seat_id: vote.choice for seat_id, vote in waiting.items()})
    context = {
        "form": form,
        "leads": leads(ballot, member),
        "leader": Seat.objects.select_related("actor").get(pk=ballot.leading_seat_id),
        "may_close": bool(votes),
        "waiting": [(seat.name, waiting[seat.pk].get_choice_display()) for seat in seats if seat.pk in waiting],
        "seen": fingerprint(votes),
    }
    return render(request, "council/hands.html", ballot_heading(ballot) | context, status=status)


@requires(tied)
@posting
@require_POST
@refused_on(refused_ballot)
def void(request: HouseRequest, pk: int, seat_pk: int) -> HttpResponse:
    """The seat itself says that what counts for it is wrong."""
    ballot, member = ballot_and_member(request, pk)
    actions.void(ballot=ballot, seat_id=seat_pk, by=member)
    return redirect_in_house(
        request,
        "ballot",
        pk,
        said=_("Stemmen er annulleret. Sig på mødet, hvad I stemte, så den kan registreres igen."),
    )


@requires(tied)
@posting
@require_POST
@refused_on(refused_ballot)
def end_hands(request: HouseRequest, pk: int) -> HttpResponse:
    """The hands are counted: close the ballot."""
    ballot, member = as_holder(request, pk)
    actions.end_show_of_hands(ballot=ballot, by=member)
    return redirect_in_house(request, "ballot", pk)
