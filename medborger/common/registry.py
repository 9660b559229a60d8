"""Extension points: what apps put in the page, the digest or the table of another app, which does not import them.

The app that asks makes a `Registry`. The apps that answer register in a module of the name that the registry gives, and
`load` imports the modules of these names in every app before a process does anything else. An event is a signal instead.
"""

from collections.abc import Callable, Iterator
from typing import Generic, Literal, TypeVar, get_args

from django.utils.module_loading import autodiscover_modules

T = TypeVar("T")
Module = Literal[
    "forget",
    "privacy",
    "receivers",
    "front",
    "my_page",
    "digest_lines",
    "meeting_body",
    "event_hints",
    "evidence_sources",
    "entrance",
]


class Registry(Generic[T]):
    """Entries by name, in the order in which they were added, or by their place in an order of their own.

    `module` is the name of the modules that fill it, `name` what an entry is called that is added without saying so.
    """

    def __init__(self, module: Module, name: Callable[[T], str] = str) -> None:
        self.module = module
        self._name = name
        self._entries: dict[int | str, T] = {}

    def register(self, *, order: int = 0, name: str = "") -> Callable[[T], T]:
        """Add what is decorated. Raise ValueError where its name, or its place in the order, is taken."""
        key = name or order

        def add(entry: T) -> T:
            if key in self._entries:
                raise ValueError(f"{key} is taken by {self._entries[key]}, and wanted by {entry}")
            self._entries[key] = entry
            return entry

        return add

    def add(self, *entries: T) -> None:
        """Add entries that know their names. Raise ValueError for a name that is taken."""
        for entry in entries:
            self.register(name=self._name(entry))(entry)

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def items(self) -> list[tuple[int | str, T]]:
        return sorted(self._entries.items(), key=lambda entry: entry[0] if isinstance(entry[0], int) else 0)

    def __iter__(self) -> Iterator[T]:
        return (entry for _key, entry in self.items())


def load() -> None:
    """Import the modules of all apps that register something; called once, when the apps are ready."""
    autodiscover_modules(*get_args(Module))
