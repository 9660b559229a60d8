"""What became of two events that met, and what was done about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClashState(models.TextChoices):
    """All ways out are equal: to move, to make one event of two, or to let both stand (S2040-57)."""

    OPEN = "open", _("Ingen har gjort noget endnu")
    ASKED = "asked", _("Den ene har spurgt den anden")
    LEFT = "left", _("Står, som de er")
    MOVED = "moved", _("Flyttet")
    MERGED = "merged", _("Laves sammen")
    GONE = "gone", _("Ikke længere på samme tid")


# Somebody has yet to say what shall be done.
WAITING_STATES = (ClashState.OPEN, ClashState.ASKED)
# The two still meet.
MEETING_STATES = (*WAITING_STATES, ClashState.LEFT)
# They met no longer; should they meet anew, it is open again.
PARTED_STATES = (ClashState.MOVED, ClashState.GONE)


class ClashEvent(models.TextChoices):
    """What the audit trail says was done to a clash."""

    ASKED = "clash.asked", _("Spurgt, om de to vil lave det sammen")
    DECLINED = "clash.declined", _("Svaret nej til at lave det sammen")
    MERGED = "clash.merged", _("Svaret ja til at lave det sammen")
    LEFT = "clash.left", _("Ladt stå")
    REOPENED = "clash.reopened", _("Taget op igen")
    MOVED = "clash.moved", _("Flyttet")
    GONE = "clash.gone", _("Ikke længere på samme tid")
    MET_AGAIN = "clash.met_again", _("På samme tid igen")
