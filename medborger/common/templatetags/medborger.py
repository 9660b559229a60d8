"""The tags and filters behind the shared components; a builtin library, so no template loads it."""

from functools import cache

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Widget
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from medborger.common import phrases
from medborger.common.markdown import render

register = template.Library()
register.filter("markdown", render)
register.filter("date_words", phrases.date_words)
register.filter("day_words", phrases.day_words)
register.filter("day_and_time", phrases.day_and_time)


@cache
def _sprite(name: str) -> str:
    return f"{static('img/icons.svg')}#{name}"


@register.simple_tag
def icon(name: str, label: str = "", css: str = "icon-svg") -> SafeString:
    """A drawing from the sprite: hidden from screen readers unless `label` says what it means."""
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, _sprite(name)
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', css, _sprite(name)
    )


@register.filter
def kind(field: BoundField) -> str:
    """Which of the field template's shapes a form field takes: options, checkbox or input."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "options"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


@register.filter
def widget(field: BoundField) -> SafeString:
    """The bare input of a field, dressed; id, aria-describedby and aria-invalid come from Django."""
    return field.as_widget(attrs={"class": _classes(field.field.widget)})


@register.filter
def options(field: BoundField) -> list[BoundWidget]:
    """The radio buttons or checkboxes of a field, dressed."""
    for option in field.subwidgets:
        option.data["attrs"]["class"] = f"form-{option.data['type']}"
    return field.subwidgets


@register.filter
def first_id(field: BoundField) -> str:
    """Where a link to a field leads: its input, or the first of its options."""
    return field.id_for_label or f"{field.auto_id}_0"


def _classes(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        own = "form-checkbox"
    elif isinstance(widget, Select):
        own = "form-select"
    else:
        own = "form-input"
    return f"{own} {widget.attrs.get('class', '')}".strip()
