"""People's times in words."""

from django import template

from actors.models import Duty
from medborger.common.phrases import moment, period

register = template.Library()


@register.filter
def duty_time(duty: Duty) -> str:
    """When a duty is: fredag 4. december kl. 12.00–16.00."""
    return period(duty.starts_at, duty.ends_at)


register.filter("moment", moment)
