"""Messages about collaborations: to the people of an actor that somebody else recorded, and to two actors asked for coffee."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.access import Access
from actors.models import Actor, Membership, User
from collaboration.enums import CollaborationKind
from collaboration.models import Collaboration, Introduction
from medborger.common import phrases
from medborger.common.messaging.letters import letter_to
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Audit


def contacts(actor_ids: Collection[int]) -> list[User]:
    """The contact persons of the actors, each once."""
    return list(dict.fromkeys(place.user for place in Membership.objects.reachable().contacts_of(actor_ids)))


def entered(collaboration: Collaboration, act: Audit, actor_ids: Collection[int], by: Access) -> list[Letter]:
    """To the contacts of the actors that were written in by somebody else: what stands there, and that they may step out."""
    center, people = collaboration.center, [user for user in contacts(actor_ids) if user.pk != by.user.pk]
    parties = list(Actor.objects.filter(collaborations=collaboration).in_danish_order())
    own = [actor for actor in parties if actor.pk in by.actors_in(center.pk)]
    return [_entered(collaboration, act, user, parties, own) for user in people]


def _entered(collaboration: Collaboration, act: Audit, user: User, parties: list[Actor], own: list[Actor]) -> Letter:
    with translation.override(user.language):
        said = {
            "title": collaboration.title,
            "who": names(own) or collaboration.center.name,
            "actors": names(parties),
            "form": CollaborationKind(collaboration.form).sentence,
            "center": collaboration.center.name,
        }
        paragraphs = (
            _("%(who)s har skrevet i loggen i %(center)s, at I laver noget sammen: %(title)s.") % said,
            _("Med er: %(actors)s. Formen er: %(form)s.") % said,
            _("Passer det, skal I ikke gøre noget. Passer det ikke, kan I rette det eller træde ud på siden."),
        )
        return letter_to(
            user,
            key=f"collaboration:{act.pk}",
            subject=_("I står i loggen over samarbejder: %(title)s") % said,
            text="\n\n".join(paragraphs),
            link=reverse("collaboration", kwargs={"hus": collaboration.center.slug, "pk": collaboration.pk}),
            link_label=_("Se samarbejdet"),
            center_id=collaboration.center_id,
        )


def names(actors: Collection[Actor]) -> str:
    """Koret, Skakklubben og Syklubben."""
    return phrases.listed(actor.name for actor in actors)


def introduced(introduction: Introduction, message: str, people: Collection[User]) -> Iterator[Letter]:
    """The coordinator's own words to both actors' contacts."""
    for user in people:
        with translation.override(user.language):
            said = {"first": introduction.first.name, "second": introduction.second.name}
            yield letter_to(
                user,
                key=f"introduction:{introduction.pk}",
                subject=_("En kop kaffe? %(first)s og %(second)s") % said,
                text=message,
                center_id=introduction.center_id,
            )
