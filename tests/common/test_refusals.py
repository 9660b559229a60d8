"""How a page shows what an action refuses: one status for each kind of refusal."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from medborger.common.errors import AlreadyDone, DomainError, NotAllowed, Stale
from medborger.common.forms import RefusingForm
from medborger.common.refusals import attempt, refused_on


class RoomForm(RefusingForm):
    room = forms.CharField()


class RoomRefused(DomainError):
    message, field = "Lokalet er optaget.", "room"


def raising(error: Exception) -> Any:
    def act(*_given: object, **_named: object) -> str:
        raise error

    return act


def bound() -> RoomForm:
    form = RoomForm({"room": "salen"})
    assert form.is_valid()
    return form


def test_what_the_action_returns_comes_back() -> None:
    form = bound()
    assert attempt(form, lambda room: room.upper(), room="salen") == "SALEN"
    assert not form.errors


def test_a_refusal_is_said_at_the_field_that_it_names() -> None:
    form, error = bound(), RoomRefused()
    assert attempt(form, raising(error)) is None
    assert form.errors == {"room": ["Lokalet er optaget."]}
    assert form.refused is error


def test_a_refusal_of_a_field_that_the_form_lacks_is_said_of_the_whole_form() -> None:
    form = bound()
    assert attempt(form, raising(DomainError("Nej.", field="date"))) is None
    assert form.non_field_errors() == ["Nej."]


def test_a_form_that_is_sent_twice_gets_what_the_first_one_made() -> None:
    form = bound()
    assert attempt(form, raising(AlreadyDone(outcome="den første"))) == "den første"
    assert not form.errors


@pytest.mark.parametrize("error", [NotAllowed(), Stale()])
def test_what_is_no_fault_of_the_form_goes_on_to_who_can_answer_it(error: Exception) -> None:
    with pytest.raises(type(error)):
        attempt(bound(), raising(error))


def test_a_button_that_is_refused_shows_its_page_with_the_reason() -> None:
    def page(request: HttpRequest, pk: int, *, refused: str, status: int) -> HttpResponse:
        return HttpResponse(f"{pk}: {refused}", status=status)

    @refused_on(page)
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        raise DomainError("Det er for sent.")

    response = press(RequestFactory().post("/"), pk=7)
    assert (response.status_code, response.content) == (409, b"7: Det er for sent.")


@pytest.mark.django_db
def test_what_no_view_answers_is_a_page_that_says_why(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("centers.views.Center.objects", SimpleNamespace(open_to_visitors=raising(RoomRefused())))
    response = client.get("/")
    assert response.status_code == 409
    assert "Lokalet er optaget." in response.content.decode()
