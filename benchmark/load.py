"""What a browser fetches to show the calendar for the first time, and what the processes weigh."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmark.client import Client
from medborger.common import clock

_ASSET = re.compile(rb'(?:src|href)="(/static/[^"#]+\.(?:css|js|svg|woff2))')
_FACE = re.compile(rb"@font-face\{[^}]*url\(([^)]*Latin1[^)]*)\)")  # the letters of a Danish page


@dataclass
class Load:
    """Bytes as they go over the wire."""

    requests: int
    cold: int
    warm: int


def calendar_load(house: str, client: Client) -> Load:
    """The page, its style, scripts and pictures, and the fonts that its letters need."""
    page = client.get(f"/{house}/kalender/?visning=uge&dato={clock.today()}")
    assets = dict.fromkeys(path.decode() for path in _ASSET.findall(page.body))
    sizes = {path: _size(client, path) for path in assets}
    for style in [path for path in assets if path.endswith(".css")]:
        for url in _FACE.findall(client.get(style).body):
            font = _beside(style, url.decode().strip("\"'"))
            sizes[font] = _size(client, font)
    return Load(requests=1 + len(sizes), cold=page.wire + sum(sizes.values()), warm=page.wire)


def _size(client: Client, path: str) -> int:
    answer = client.get(path, **{"Accept-Encoding": "br, gzip"})
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return answer.wire


def _beside(style: str, url: str) -> str:
    """The address of what a style sheet names, relative to itself."""
    if url.startswith("/"):
        return url
    folders = style.split("/")[:-1]
    for part in url.split("/"):
        folders = folders[:-1] if part == ".." else [*folders, part]
    return "/".join(folders)
