"""The pages for what goes wrong."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory
from structlog.contextvars import bound_contextvars

from medborger.common import error_views


def test_the_page_for_our_own_fault_needs_neither_database_nor_request(rf: RequestFactory) -> None:
    response = error_views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Noget gik galt hos os" in response.content.decode()


def test_an_error_page_shows_the_number_the_log_has_it_under(rf: RequestFactory) -> None:
    with bound_contextvars(request_id="5f3c"):
        assert "beder om hjælp: 5f3c" in error_views.server_error(rf.get("/")).content.decode()


@pytest.mark.parametrize(("error", "status"), [(SuspiciousOperation(), 400), (RequestDataTooBig(), 413)])
def test_a_request_that_cannot_be_read_gets_a_page_of_its_own(
    rf: RequestFactory, error: Exception, status: int
) -> None:
    assert error_views.bad_request(rf.get("/"), error).status_code == status


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    response = client.get("/findes/ikke/her/")
    assert response.status_code == 404
    assert "Den side findes ikke" in response.content.decode()
