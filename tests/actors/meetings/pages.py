"""What the tests of the pages share."""

from django.test import Client

HOUSE = "/foreningernes-hus/moeder"


def html(client: Client, path: str, status: int = 200) -> str:
    """The page, without the signs that keep a time on one line."""
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode().replace("\u2060", "")
