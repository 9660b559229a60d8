"""Messages about two clashing events: the question to merge them, and the answer."""

from collections.abc import Callable, Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from actors.access import Access
from actors.enums import ActorRole
from actors.models import Membership, User
from bookings.ics import calendar_file
from bookings.models import Booking
from collaboration.clashes.clash_texts import actor_of, what_and_where, who
from collaboration.clashes.models import Clash
from medborger.common.messaging.letters import absolute, letters_to
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Audit

Paragraphs = Callable[[], tuple[str, list[str]]]


def asked(clash: Clash, act: Audit, by: Access) -> list[Letter]:
    """To the side that is asked; where staff asked on behalf, also to the actor that they asked for."""
    asking = _side(clash)
    other = clash.other(asking)

    def question() -> tuple[str, list[str]]:
        keeps_theirs = clash.kept_id == other.pk
        name = who(asking, seen_from=other.center_id)
        return _("%(actor)s spørger: Skal vi lave det sammen?") % {"actor": name}, [
            _("I har %(event)s.") % {"event": what_and_where(other)},
            _("%(actor)s har %(event)s. Det er på samme tid og for de samme.")
            % {"actor": name, "event": what_and_where(asking)},
            *([clash.message] if clash.message else []),
            _("Svarer I ja, kommer de med til jeres arrangement, og deres eget aflyses.")
            if keeps_theirs
            else _("Svarer I ja, kommer I med til deres arrangement, og jeres eget aflyses."),
            _("I kan også svare nej, flytte jeres eget eller lade begge stå."),
        ]

    def receipt() -> tuple[str, list[str]]:
        return _("Huset har spurgt for jer: Skal I lave det sammen?"), [
            _("%(other)s har %(event)s.")
            % {"other": who(other, seen_from=asking.center_id), "event": what_and_where(other)},
            _("Huset har spurgt for jer, om I skal lave det sammen. I hører, når de svarer."),
        ]

    letters = _letters(clash, act, _people(other), other, question, gettext_lazy("Se det, og svar"))
    if actor_of(asking).pk not in by.actor_ids:
        letters += _letters(clash, act, _people(asking), asking, receipt, gettext_lazy("Se det"))
    return letters


def declined(clash: Clash, act: Audit) -> list[Letter]:
    """To the side that had asked."""
    asking = next(event for event in clash.events if event.pk == clash.declined_id)
    other = clash.other(asking)

    def no() -> tuple[str, list[str]]:
        return _("De har svaret nej til at lave det sammen"), [
            _("I spurgte om at lave det sammen med %(event)s. De har svaret nej.") % {"event": what_and_where(other)},
            *([clash.answer] if clash.answer else []),
            _("I kan flytte jeres eget eller lade begge stå."),
        ]

    return _letters(clash, act, _people(asking), asking, no, gettext_lazy("Se, hvad I kan gøre"))


def overtaken(clash: Clash, act: Audit) -> list[Letter]:
    """To the side that had asked, where the other moved or cancelled instead of answering."""
    moved = _side(clash)
    asking = clash.other(moved)

    def news() -> tuple[str, list[str]]:
        return _("De to arrangementer er ikke længere på samme tid"), [
            _(
                "I spurgte om at lave det sammen. Det andet arrangement er flyttet eller aflyst: »%(title)s« i %(house)s."
            )
            % {"title": moved.title, "house": moved.center.name},
            _("I skal ikke gøre noget. Jeres eget står, som det gjorde."),
        ]

    return _letters(clash, act, _people(asking), asking, news, gettext_lazy("Se det"))


def merged(clash: Clash, act: Audit) -> list[Letter]:
    """To everybody who is on it now, with the event that they make together for their calendar; each linked to their own house."""
    kept = clash.kept
    assert kept is not None
    given_up = clash.other(kept)

    def together() -> tuple[str, list[str]]:
        names = [actor_of(event).name for event in (kept, given_up)]
        return _("I laver det sammen: %(title)s") % {"title": kept.title}, [
            _("%(one)s og %(other)s laver det sammen: %(event)s.")
            % {"one": names[0], "other": names[1], "event": what_and_where(kept)},
            _("»%(title)s« i %(room)s, %(house)s er aflyst.")
            % {"title": given_up.title, "room": given_up.room.name, "house": given_up.center.name},
            _("Aftal nu, hvem der gør hvad."),
        ]

    link = reverse("booking", args=[kept.center.slug, kept.pk])
    attached = calendar_file(kept, title=kept.title, actor=actor_of(kept).name, url=absolute(link))
    people = list(dict.fromkeys([*_people(kept, partners=True), *_people(given_up, partners=True)]))
    return _letters(clash, act, people, kept, together, gettext_lazy("Se arrangementet"), link=link, calendar=attached)


def _letters(
    clash: Clash,
    act: Audit,
    people: Iterable[User],
    event: Booking,
    words: Paragraphs,
    label: Promise,
    *,
    link: str = "",
    calendar: str = "",
) -> list[Letter]:
    """`words` gives subject and paragraphs in the language of the moment; the link leads to the clash in the house of `event`."""

    def said() -> tuple[str, str]:
        subject, paragraphs = words()
        return subject, "\n\n".join(paragraphs)

    return letters_to(
        people,
        said,
        key=f"clash:{act.pk}",
        link=link or reverse("clash", args=[event.center.slug, clash.pk]),
        label=label,
        calendar=calendar,
        center_id=event.center_id,
    )


def _people(event: Booking, *, partners: bool = False) -> list[User]:
    """The contact persons of its actor, and who booked it if they are still one of its people; with `partners` their contact persons
    too."""
    holder = actor_of(event).pk
    actors = [party.actor_id for party in event.parties.all()] if partners else [holder]
    wanted = Q(role=ActorRole.CONTACT, actor__in=actors)
    if not event.by_house and event.booked_by_id:
        wanted |= Q(actor=holder, user=event.booked_by_id)
    return list(dict.fromkeys(place.user for place in Membership.objects.reachable().filter(wanted)))


def _side(clash: Clash) -> Booking:
    return next(event for event in clash.events if event.pk == clash.side_id)
