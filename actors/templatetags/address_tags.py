"""Phone numbers as people read them."""

from django import template

from actors.addresses import readable

register = template.Library()
register.filter("phone", readable)
