"""Every field is declared, everything about people has its time and its cut, and the page says so."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from medborger.common import privacy
from medborger.common.privacy import Chapter, Sensitivity

MODELS = {model._meta.label: model for model in apps.get_models()}
TABLES = {table.model: table for table in privacy.tables}
ABOUT_PEOPLE = [table for table in privacy.tables if table.about_people()]


def test_every_model_is_declared_once() -> None:
    assert sorted(table.model for table in privacy.tables) == sorted(MODELS)


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_field_of_a_model_is_declared_once(label: str) -> None:
    meta = MODELS[label]._meta
    stored = [field.name for field in (*meta.local_fields, *meta.local_many_to_many)]
    declared = [name for data in TABLES[label].data for name in data.fields]
    assert sorted(declared) == sorted(stored)


@pytest.mark.parametrize("table", ABOUT_PEOPLE, ids=lambda table: table.model)
def test_what_is_kept_about_people_has_a_purpose_a_time_a_rule_and_a_cut(table: privacy.Table) -> None:
    assert table.kept and table.forget and table.cut
    assert all(data.what and data.why for data in table.about_people())


@pytest.mark.parametrize("label", sorted(MODELS))
def test_a_key_to_a_person_is_never_declared_harmless(label: str) -> None:
    harmless = {name for data in TABLES[label].data if data.kind == Sensitivity.NONE for name in data.fields}
    keys = {
        field.name
        for field in MODELS[label]._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label == settings.AUTH_USER_MODEL
    }
    assert not keys & harmless


def test_what_lets_people_in_is_declared_secret() -> None:
    secrets = {
        f"{table.model}.{name}"
        for table in privacy.tables
        for d in table.data
        if d.kind == Sensitivity.SECRET
        for name in d.fields
    }
    assert {
        "actors.User.password",
        "actors.Invitation.token_hash",
        "mfa.Authenticator.data",
        "sessions.Session.session_data",
    } <= secrets


def test_membership_is_sensitive_since_it_can_reveal_faith_or_origin() -> None:
    assert [data.kind for data in TABLES["actors.Membership"].about_people()] == [Sensitivity.SENSITIVE]


@pytest.mark.django_db
def test_the_privacy_page_tells_of_everything_that_is_kept() -> None:
    page = Client().get("/privatliv/").content.decode()
    entries = [entry for _chapter, chapter in privacy.by_chapter() for entry in chapter]
    assert len(entries) == sum(len(table.about_people()) for table in ABOUT_PEOPLE)
    for entry in entries:
        assert str(entry.what) in page
        assert str(entry.why) in page
        assert str(entry.kept) in page
    for chapter in Chapter:
        assert f"<h2>{chapter.label}</h2>" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_both_statements_are_linked_in_the_footer_of_each_other(language: str) -> None:
    for path in ("/privatliv/", "/tilgaengelighed/"):
        page = Client(headers={"accept-language": language}).get(path).content.decode()
        footer = page[page.index("<footer") :]
        assert f'lang="{language}"' in page
        assert 'href="/privatliv/"' in footer
        assert 'href="/tilgaengelighed/"' in footer


@pytest.mark.django_db
def test_the_accessibility_statement_says_where_to_complain() -> None:
    page = Client().get("/tilgaengelighed/").content.decode()
    assert "WCAG 2.2" in page
    assert "EN 301 549" in page
    assert "https://digst.dk/digital-inklusion/webtilgaengelighed/" in page
