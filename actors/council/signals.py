"""What happens to a house's rules, for the apps to the right."""

from django.dispatch import Signal

# The text of a rule, or the rooms it is about. Sent with `center_id`, in the action's transaction.
rules_changed = Signal()
