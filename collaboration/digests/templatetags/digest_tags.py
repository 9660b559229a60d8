"""How a digest's lines are written on pages and in mails."""

from django import template
from django.utils.translation import gettext as _

from centers.enums import Weekday
from collaboration.digests.delivery_overview import Delivery
from collaboration.digests.models import Subscription
from collaboration.enums import CollaborationKind
from medborger.common import phrases

register = template.Library()
register.filter("short_date", phrases.short_day)


@register.filter
def as_heading(sentence: str) -> str:
    """A heading ends without a full stop."""
    return sentence.removesuffix(".")


@register.filter
def form_name(code: str) -> str:
    """Videndele, Samvirke …"""
    return str(CollaborationKind(code).label)


@register.filter
def chosen_time(subscription: Subscription) -> str:
    """mandag kl. 7.00"""
    said = {"day": Weekday(subscription.weekday).in_words, "time": phrases.clock_text(subscription.minute)}
    return _("%(day)s kl. %(time)s") % said


@register.filter
def letter_state(receiver: Delivery) -> str:
    """What became of the newest letter."""
    letter = receiver.letter
    if letter is None:
        return _("Intet endnu")
    said = {"week": receiver.week}
    if receiver.has_failed:
        return _("Uge %(week)s kom ikke frem") % said
    if receiver.is_tried_again:
        return _("Uge %(week)s er ikke kommet frem endnu. Vi prøver igen %(when)s") % (
            said | {"when": phrases.day_and_time(letter.not_before)}
        )
    if letter.sent_at is None:
        return _("Uge %(week)s er på vej") % said
    return _("Uge %(week)s sendt %(when)s") % (said | {"when": phrases.day_and_time(letter.sent_at)})
