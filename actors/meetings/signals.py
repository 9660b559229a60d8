"""Events of meetings, for the apps that build on them. Receivers only insert or update rows."""

from django.dispatch import Signal

# An agenda item was reached, or what was written of it was taken away again. Sent with `item`, in the action's transaction.
minuted = Signal()
