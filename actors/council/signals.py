"""Events of house rules, for the apps that build on the council."""

from django.dispatch import Signal

# The text of a rule, or the rooms it is about. Sent with `center_id`, in the action's transaction.
rules_changed = Signal()
