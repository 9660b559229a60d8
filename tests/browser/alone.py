"""A day of the calendar by itself: a page where the scripts meet all they know, and a move form that answers as told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from csp.utils import build_policy
from django.template import engines

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
        link = {"url": "/bookinger/2/", "text": "Se den, eller fortryd"}
        message = self.refusal or f"Flyttet til kl. {form['start']}."
        return status, dumps({"message": message, "link": link, "version": int(form["version"]) + 1})


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


@contextmanager
def open_house() -> Iterator[House]:
    """The page of `day.html` at every address, the built assets, and a move form that takes anything."""
    html = engines["django"].from_string((HERE / "day.html").read_text()).render()
    house = House(html=html, policy=build_policy())
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(house))
    house.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield house
    server.shutdown()
    server.server_close()
