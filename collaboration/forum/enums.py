"""How often a forum meets, and what the audit trail says was done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# What the forum's meetings carry, and its word in addresses.
KEY = SLUG = "forum"


class Rhythm(models.TextChoices):
    WEEKS = "weeks", _("Uger")
    MONTHS = "months", _("Måneder")


class Nth(models.IntegerChoices):
    """Which of the month's weekdays."""

    FIRST = 1, _("første")
    SECOND = 2, _("anden")
    THIRD = 3, _("tredje")
    FOURTH = 4, _("fjerde")
    LAST = -1, _("sidste")


class ForumEvent(models.TextChoices):
    """What the audit trail says was done to a forum."""

    FOUNDED = "forum.founded", _("Forum oprettet")
    CHANGED = "forum.changed", _("Forum ændret")
    HOLDER_NAMED = "forum.holder_named", _("Tovholder valgt")
    HOLDER_ENDED = "forum.holder_ended", _("Tovholder stopper")
    MEMBER_ADDED = "forum.member_added", _("Aktør kommet med i forum")
    MEMBER_REMOVED = "forum.member_removed", _("Aktør gået ud af forum")
    PROPOSED = "proposeditem.proposed", _("Punkt foreslået")
    WITHDRAWN = "proposeditem.withdrawn", _("Punkt trukket tilbage")
    DECLINED = "proposeditem.declined", _("Punkt afvist")
