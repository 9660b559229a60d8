"""Reading the council's pages in tests."""

import re
from typing import Any

from django.test import Client

from actors.models import User


def words(response: Any) -> str:
    """What stands on the page, in running text."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", main))
    return text.replace(" ,", ",").replace(" .", ".")


def get(client: Client, path: str, user: User | None = None, *, status: int = 200, **query: Any) -> str:
    if user:
        client.force_login(user)
    response = client.get(path, query)
    assert response.status_code == status
    return words(response) if status == 200 else ""
