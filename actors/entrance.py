"""The log-ins that a demo shows on its log-in page: the demo registers them here, since this app does not import it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from medborger.common.installation import is_demo
from medborger.common.registry import Registry


@dataclass(frozen=True)
class DemoLogin:
    """One click in: `address` and `password` are what a person would type."""

    address: str
    password: str
    who: str


@dataclass(frozen=True)
class DemoHouse:
    name: str
    logins: Sequence[DemoLogin]


Provider = Callable[[], Sequence[DemoHouse]]
houses: Registry[Provider] = Registry("entrance")


def demo_houses() -> list[DemoHouse]:
    """The demo's log-ins, house by house; none where this is not a demo."""
    return [house for provider in houses for house in provider()] if is_demo() else []
