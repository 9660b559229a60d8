"""The first page of the installation: its houses."""

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from centers.models import Center
from medborger.common import clock
from tests.factories import CenterFactory, working_day


def test_the_only_house_is_the_first_page(client: Client, house: Center) -> None:
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/foreningernes-hus/")


def test_houses_stand_in_the_order_of_the_danish_alphabet_each_in_its_colour(client: Client, db: None) -> None:
    for name, accent in (("Ålykkegård", "tegl"), ("Østerhuset", "skov"), ("Aktivitetshuset", "rav")):
        CenterFactory.create(name=name, accent=accent)
    html = client.get("/").content.decode()
    places = [
        html.index(text)
        for text in ("house-rav", "Aktivitetshuset", "house-skov", "Østerhuset", "house-tegl", "Ålykkegård")
    ]
    assert places == sorted(places)


def test_a_retired_house_is_gone(client: Client, house: Center, other_house: Center) -> None:
    CenterFactory.create(name="Nedlagt", slug="nedlagt", retired_at=clock.now())
    assert "Nedlagt" not in client.get("/").content.decode()
    assert client.get("/nedlagt/").status_code == 404


def test_an_installation_without_houses_says_so(client: Client, db: None) -> None:
    assert "Her er ingen huse endnu" in client.get("/").content.decode()


@pytest.mark.parametrize("number", [2, 4])
def test_it_costs_the_same_for_two_houses_and_for_four(
    client: Client, db: None, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    CenterFactory.create_batch(number)
    at_noon = clock.at(working_day(), 12 * 60)
    with time_machine.travel(at_noon, tick=False), django_assert_max_num_queries(3):  # houses, hours, closures
        assert client.get("/").status_code == 200
