"""What never stands in a log."""

import pytest

from medborger.common.logs import mask_paths


@pytest.mark.parametrize(
    ("request_line", "logged"),
    [
        ("GET /mig/", "GET /mig/"),
        ("GET /hus/kalender/?dato=2026-11-24", "GET /hus/kalender/"),
        ("POST /invitation/a-secret/?x=1", "POST /invitation/.../"),
    ],
)
def test_a_logged_request_has_no_query_and_no_token(request_line: str, logged: str) -> None:
    assert mask_paths(None, "info", {"request": request_line}) == {"request": logged}
