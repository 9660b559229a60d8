"""The form fields and icons that every page is made of."""

import pytest
from django import forms
from django.template import Context, Template
from pytest_django.asserts import assertInHTML

from medborger.common.templatetags.medborger import icon


class Wish(forms.Form):
    room = forms.ChoiceField(label="Lokale", choices=[("salen", "Salen"), ("cafeen", "Caféen")])
    title = forms.CharField(label="Hvad skal der ske?", help_text="Højst 80 tegn.")
    note = forms.CharField(label="Besked", required=False, widget=forms.Textarea)
    audience = forms.ChoiceField(label="For hvem", choices=[("all", "Alle"), ("us", "Os")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(label="Brug for", choices=[("tv", "Skærm")], widget=forms.CheckboxSelectMultiple)
    drop_in = forms.BooleanField(label="Kom forbi", required=False)


def drawn(name: str, form: forms.Form | None = None) -> str:
    return (form or Wish())[name].as_field_group()


def test_a_field_ties_its_label_and_hint_to_the_input() -> None:
    html = drawn("title")
    assertInHTML('<label class="form-label" for="id_title">Hvad skal der ske?</label>', html)
    assertInHTML('<span class="form-hint" id="id_title_helptext">Højst 80 tegn.</span>', html)
    assert 'class="form-input"' in html
    assert 'aria-describedby="id_title_helptext"' in html


def test_an_error_stands_at_its_field_and_is_tied_to_the_input() -> None:
    html = drawn("title", Wish({}))
    assert '<div class="form-group form-error">' in html
    assert 'class="form-error-message" id="id_title_error"' in html
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("room", "form-select"),
        ("note", "form-input"),
        ("drop_in", "form-checkbox"),
        ("audience", "form-radio"),
        ("needs", "form-checkbox"),
    ],
)
def test_each_input_is_dressed_by_its_kind(name: str, css: str) -> None:
    assert f'class="{css}"' in drawn(name)


def test_options_share_a_legend_and_each_has_a_label() -> None:
    html = drawn("audience")
    assertInHTML('<legend class="form-label">For hvem</legend>', html)
    assertInHTML('<label for="id_audience_1">Os</label>', html)


def test_what_may_be_left_out_says_so() -> None:
    assert "(kan udelades)" in drawn("note")
    assert "(kan udelades)" not in drawn("title")


def test_the_summary_links_each_error_to_where_it_is_put_right() -> None:
    html = Wish({}).render()
    assert "Der er 4 ting at rette" in html
    assert '<a href="#id_title">' in html
    assert '<a href="#id_audience_0">' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in Wish().render()


def test_an_icon_is_silent_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in icon("door")
    assert 'role="img" aria-label="Åbent for alle"' in icon("door", label="Åbent for alle")


def test_an_icons_label_is_escaped() -> None:
    html = Template("{% icon name label=label %}").render(Context({"name": "door", "label": '"><script>'}))
    assert "<script>" not in html
