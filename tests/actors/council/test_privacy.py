"""What the council keeps about people is told, and what is told is so."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from actors.council import privacy as rules
from actors.council.models import BoxVote, SecretVote, VoteEvent
from actors.erasure import erase
from actors.models import User
from centers.models import Center
from medborger.common import privacy
from medborger.common.privacy import Chapter, Sensitivity
from tests.factories import UserFactory
from tests.guards.councils import in_every_table

COUNCIL = {table.model: table for table in privacy.tables if table.model.startswith("council.")}
PERSONS = [
    (model, field.name)
    for model in apps.get_app_config("council").get_models()
    for field in model._meta.local_fields
    if isinstance(field, models.ForeignKey) and field.related_model._meta.label == settings.AUTH_USER_MODEL
]


@pytest.mark.parametrize(("model", "field"), PERSONS, ids=lambda value: getattr(value, "__name__", value))
def test_whoever_stands_in_a_table_is_declared_with_a_rule_and_a_cut(model: type[models.Model], field: str) -> None:
    table = COUNCIL[model._meta.label]
    assert field in {name for data in table.about_people() for name in data.fields}
    assert table.chapter == Chapter.COUNCIL
    assert table.forget in privacy.rules()
    assert table.cut in privacy.cuts()


def test_who_sits_and_who_voted_is_sensitive_since_it_tells_of_an_association() -> None:
    kinds = {label: {data.kind for data in table.about_people()} for label, table in COUNCIL.items()}
    assert kinds["council.SeatHolder"] == kinds["council.Cast"] == {Sensitivity.SENSITIVE}


@pytest.mark.parametrize("model", [VoteEvent, BoxVote, SecretVote])
def test_what_is_chained_and_what_is_secret_has_no_key_to_a_person(model: type[models.Model]) -> None:
    related = {field.related_model for field in model._meta.local_fields if field.related_model is not None}
    assert User not in related
    assert COUNCIL[model._meta.label].about_people() == ()


@pytest.mark.django_db
def test_every_cut_of_the_council_is_needed_and_together_they_are_enough(house: Center) -> None:
    """Each key to the person is there before, and none after."""
    user, witness = UserFactory.create(), UserFactory.create()
    in_every_table(house, user)
    named = {(model, field) for model, field in PERSONS if model._default_manager.filter(**{field: user.pk}).exists()}
    assert named == set(PERSONS)
    erase(user=witness, by=None)
    assert all(model._default_manager.filter(**{field: user.pk}).exists() for model, field in PERSONS)
    erase(user=user, by=None)
    assert not any(model._default_manager.filter(**{field: user.pk}).exists() for model, field in PERSONS)


@pytest.mark.django_db
def test_the_privacy_page_has_a_chapter_on_the_council_with_the_times_of_its_rules() -> None:
    page = Client().get("/privatliv/").content.decode()
    chapter = page[page.index("<h2>Rådet</h2>") : page.index("<h2>Beskeder til dig</h2>")]
    for time in (
        f"{rules.PERSON_YEARS} år efter",
        f"{rules.SEAT_MONTHS} måneder efter, at du er holdt op",
        f"{rules.MATTER_MONTHS} måneder efter, at sagen er slut",
        "kun, at du har stemt, og ikke hvad",
    ):
        assert time in chapter
