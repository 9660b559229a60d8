"""Reading the calendar's pages in tests."""

import re
from typing import Any

from django.test import Client

from tests.factories import (
    working_day,
)

SECRET = "Krisegruppe for kvinder"


def page(client: Client, **query: Any) -> str:
    response = client.get("/foreningernes-hus/kalender/", query)
    assert response.status_code == 200
    return response.content.decode()


def day_page(client: Client, **query: Any) -> str:
    return page(client, dato=working_day(), visning="dag", **query)


def week_page(client: Client, **query: Any) -> str:
    return page(client, dato=working_day(), visning="uge", **query)


def lane(html: str, slug: str) -> str:
    """The list items of one room's day."""
    found = re.search(rf'<ol class="lane" data-room="{slug}">(.*?)</ol>', html, re.DOTALL)
    assert found
    return found[1]


def classes(html: str) -> list[str]:
    """The kinds of a lane's items, in order, with their times."""
    return re.findall(r'<li class="(\w+ (?:is-after )?from-\d+ to-\d+)', html)
