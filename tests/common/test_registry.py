"""A registry keeps what apps put in it, in order, and nothing twice."""

import pytest

from medborger.common.registry import Registry


@pytest.fixture
def registry() -> Registry[str]:
    return Registry("front")


def test_entries_come_in_their_order_and_not_as_they_were_registered(registry: Registry[str]) -> None:
    for order, entry in ((30, "last"), (-1, "first"), (7, "second")):
        registry.register(order=order)(entry)
    assert list(registry) == ["first", "second", "last"]


def test_named_entries_come_as_they_were_added(registry: Registry[str]) -> None:
    registry.add("b", "a")
    registry.register(name="0")("c")
    assert list(registry.items()) == [("b", "b"), ("a", "a"), ("0", "c")]


def test_an_entry_is_found_by_its_name(registry: Registry[str]) -> None:
    registry.register(name="one")("entry")
    assert registry["one"] == "entry"
    with pytest.raises(KeyError):
        registry["other"]


def test_what_is_decorated_stays_what_it_is() -> None:
    providers: Registry[object] = Registry("front")

    @providers.register(order=1)
    def provider() -> None:
        """It answers."""

    assert list(providers) == [provider]


def test_two_places_alike_are_refused(registry: Registry[str]) -> None:
    registry.register(order=10)("one")
    with pytest.raises(ValueError, match="10 is taken by one, and wanted by other"):
        registry.register(order=10)("other")
    assert list(registry) == ["one"]


def test_two_names_alike_are_refused() -> None:
    by_length: Registry[str] = Registry("front", name=lambda entry: str(len(entry)))
    by_length.add("one")
    with pytest.raises(ValueError, match="3 is taken by one, and wanted by two"):
        by_length.add("two")
