"""Amounts, days and numbers on the pages of motions."""

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from medborger.common import clock, phrases

register = template.Library()


@register.filter
def kroner(amount: int) -> str:
    """Whole kroner: 175.000 kr.; with a minus sign for an expense."""
    digits = formats.number_format(abs(amount), use_l10n=True, force_grouping=True)
    return _("%(amount)s kr.") % {"amount": f"\u2212{digits}" if amount < 0 else digits}


@register.filter
def local_date(instant: datetime) -> date:
    """The date of an instant in Copenhagen."""
    return clock.local(instant).date()


@register.filter
def numbers(found: Iterable[int]) -> str:
    """2, 3 og 5"""
    return phrases.listed(str(number) for number in found)
