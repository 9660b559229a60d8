"""How Django draws forms: with the components of templates/_components."""

from django.forms.renderers import TemplatesSetting


class ComponentRenderer(TemplatesSetting):
    """`FORM_RENDERER`: a page says `{{ form.room.as_field_group }}` or, for a whole simple form, `{{ form }}`."""

    form_template_name = "_components/form.html"
    field_template_name = "_components/field.html"
