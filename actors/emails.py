"""Messages about people and their ties."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actors.addresses import Address
from actors.models import CenterRole, Invitation, User
from medborger.common import clock
from medborger.common.messaging.letters import letter_to, letter_to_address
from medborger.common.messaging.outbox import ONE_TIME, Letter


def invitation(sent: Invitation, token: str, known: User | None) -> Letter:
    """The link goes to the invited address itself, also when its owner reads notices elsewhere: it proves that address."""
    with translation.override(known.language if known else translation.get_language()):
        where = sent.actor.name if sent.actor else sent.center.name
        lines = [
            _("%(by)s inviterer dig til at være med.") % {"by": sent.invited_by},
            _("Linket virker i 14 dage og kun én gang."),
        ]
        return letter_to_address(
            Address(sent.email, sent.phone),
            key=f"{ONE_TIME}invitation:{sent.pk}",
            subject=_("Invitation til %(place)s") % {"place": where},
            text="\n\n".join(lines),
            link=reverse("invitation", args=[token]),
            link_label=_("Se invitationen"),
            center_id=sent.center_id,
            user_id=known.pk if known else None,
        )


def role_given(given: CenterRole) -> list[Letter]:
    with translation.override(given.user.language):
        letter = letter_to(
            given.user,
            key=f"role:{given.pk}",
            subject=_("Du har fået en rolle i %(house)s") % {"house": given.center.name},
            text=_("Din rolle er %(role)s. Den gælder fra nu af.") % {"role": given.get_role_display()},
            link=reverse("me"),
            link_label=_("Se din side"),
            center_id=given.center_id,
        )
    return [letter]


def unused(user: User) -> Letter:
    """A month before a user that nobody uses is erased."""
    with translation.override(user.language):
        return letter_to(
            user,
            key=f"unused:{clock.today():%Y-%m}",
            subject=_("Vi sletter snart din bruger"),
            text=_(
                "Du har ikke været her i næsten to år. Om en måned sletter vi din bruger. "
                "Log ind inden da, hvis du vil beholde den."
            ),
            link=reverse("me"),
            link_label=_("Log ind"),
        )
