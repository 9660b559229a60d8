"""What the pages under «Samarbejde» share."""

from typing import Any

from django import template
from django.template import Context

from collaboration import tabs

register = template.Library()


@register.inclusion_tag("collaboration/_tabs.html", takes_context=True)
def collaboration_tabs(context: Context) -> dict[str, Any]:
    """The way between the log, the clashes, the forum and the digests."""
    return {"tabs": list(tabs.of(context["request"]))}
