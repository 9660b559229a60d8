"""A page with a day's calendar, as the scripts meet it, served over HTTP with the product's content security policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
from csp.utils import build_policy
from django.template import engines
from playwright.sync_api import Browser, Page, sync_playwright

BUILT = Path(__file__).parents[2] / "static/build"
HERE = Path(__file__).parent


@dataclass
class House:
    """What stands behind the page: it notes the moves it is asked for, and answers as told."""

    html: str
    policy: str
    url: str = ""
    refusal: str = ""
    moves: list[dict[str, str]] = field(default_factory=list)

    def answer(self, form: dict[str, str]) -> tuple[HTTPStatus, str]:
        self.moves.append(form)
        status = HTTPStatus.CONFLICT if self.refusal else HTTPStatus.OK
        return status, dumps({"message": self.refusal or f"Flyttet til kl. {form['start']}"})


def _handler(house: House) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/static/"):
                file = BUILT / path.removeprefix("/static/")
                self.respond(HTTPStatus.OK, file.read_bytes(), guess_type(path)[0] or "")
            else:
                self.respond(HTTPStatus.OK, house.html.encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = house.answer(dict(parse_qsl(body)))
            self.respond(status, answer.encode(), "application/json")

        def respond(self, status: HTTPStatus, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", house.policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@pytest.fixture
def house_page() -> Iterator[House]:
    """The page of `day.html` beside this file at every address, the built assets, and a move form that takes anything."""
    html = engines["django"].from_string((HERE / "day.html").read_text()).render()
    house = House(html=html, policy=build_policy())
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(house))
    house.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield house
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, house_page: House) -> Iterator[Page]:
    """A wide screen far from Denmark, on the page; a script error or a breach of the policy fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1200}, timezone_id="America/New_York")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(house_page.url)
    yield page
    context.close()
    assert complaints == []
