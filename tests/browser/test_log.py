"""What the site writes down about a visit."""

import json

from playwright.sync_api import Page

from tests.browser.conftest import BROWSER
from tests.browser.site import Site

pytestmark = BROWSER


def test_a_request_is_one_line_of_json_without_its_query(page: Page, site: Site) -> None:
    before = site.log.stat().st_size
    page.request.get("/healthz?person=anna")
    written = site.log.read_bytes()[before:].decode()
    assert [json.loads(line)["route"] for line in written.splitlines()] == ["healthz"]
    assert "anna" not in written
