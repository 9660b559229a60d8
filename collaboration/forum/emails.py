"""Messages about the forum: to its old and new holder, and to who proposed an item that was declined."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.meetings.action_points.action_point_owners import Owner
from actors.models import User
from collaboration.forum import cadence
from collaboration.forum.models import Forum, ProposedItem
from medborger.common.messaging.letters import letter_to
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Audit


def handed_over(forum: Forum, act: Audit, *, before: User | None) -> list[Letter]:
    """To who keeps it going from now on, and to who did."""
    letters = []
    if forum.holder is not None and forum.holder.is_reachable:
        with translation.override(forum.holder.language):
            said = {"forum": forum.name, "house": forum.center.name, "cadence": cadence.words(forum.cadence)}
            subject = _("Du er tovholder for %(forum)s")
            text = (
                _("Du er nu tovholder for %(forum)s i %(house)s. Det mødes %(cadence)s.")
                + " "
                + _("Overleveringen fortæller, hvem der er med, hvad der venter, og hvad I har aftalt.")
            )
            link = reverse("forum_succession", kwargs={"hus": forum.center.slug})
            letters.append(
                _letter(forum, act, forum.holder, subject % said, text % said, link, _("Læs overleveringen"))
            )
    if before is not None and before.is_reachable:
        with translation.override(before.language):
            said = {"forum": forum.name, "house": forum.center.name}
            subject, text = _("En anden er tovholder for %(forum)s"), _("Tak for det, du har gjort i %(house)s.")
            letters.append(_letter(forum, act, before, subject % said, text % said))
    return letters


def declined(item: ProposedItem) -> list[Letter]:
    """To who proposed it, and the actor it was proposed for."""
    people = Owner(actor=item.proposed_for).people(item.center) if item.proposed_for else []
    if item.proposed_by is not None and item.proposed_by.is_reachable:
        people = [item.proposed_by, *people]
    letters = []
    for user in dict.fromkeys(people):
        with translation.override(user.language):
            said = {"item": item.title, "reason": item.reason}
            letters.append(
                letter_to(
                    user,
                    key=f"proposed-item-declined:{item.pk}",
                    subject=_("Forum tager ikke punktet op: %(item)s") % said,
                    text=_("Begrundelse: %(reason)s") % said,
                    link=reverse("forum_proposal", kwargs={"hus": item.center.slug, "pk": item.pk}),
                    link_label=_("Se punktet"),
                    center_id=item.center_id,
                )
            )
    return letters


def _letter(forum: Forum, act: Audit, user: User, subject: str, text: str, link: str = "", label: str = "") -> Letter:
    return letter_to(
        user,
        key=f"forum-holder:{act.pk}",
        subject=subject,
        text=text,
        link=link or reverse("forum", kwargs={"hus": forum.center.slug}),
        link_label=label or _("Se forum"),
        center_id=forum.center_id,
    )
