"""What happens at meetings that the apps to the right may want to know. Receivers only insert or update rows."""

from django.dispatch import Signal

# An agenda item was reached, or what was written of it was taken away again. Sent with `item`, in the action's transaction.
minuted = Signal()
