"""Pages that follow a key show every row once, forwards and back."""

from datetime import timedelta

import pytest
from django.http import Http404, QueryDict

from bookings.models import Booking
from centers.models import Room
from medborger.common import clock, pagination
from medborger.common.pagination import page

PER_PAGE = 3


@pytest.fixture
def rows(room: Room, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Eight bookings, of which three begin at the same instant."""
    monkeypatch.setattr(pagination, "SIZE", PER_PAGE)
    start = clock.now().replace(microsecond=123456)
    hours = [0, 1, 2, 2, 2, 3, 4, 5]
    made = [
        Booking.objects.create(
            center=room.center,
            room=room,
            starts_at=start + timedelta(hours=h),
            ends_at=start + timedelta(hours=h + 1),
            title="x",
            created_at=start,
        )
        for h in hours
    ]
    return [booking.pk for booking in made]


def walk(query: str, *, newest_first: bool, back: bool = False) -> tuple[list[list[int]], str]:
    """The ids of each page from there on, and the last page's own address."""
    pages = []
    while True:
        found = page(Booking.objects.all(), QueryDict(query), newest_first=newest_first)
        pages.append([row.pk for row in found.rows])
        url = found.previous_url if back else found.next_url
        if not url:
            return pages, query
        query = url.removeprefix("?")


@pytest.mark.parametrize("newest_first", [False, True])
def test_every_row_is_shown_once_there_and_back(rows: list[int], newest_first: bool) -> None:
    in_order = rows[::-1] if newest_first else rows
    there, last = walk("vis=alle", newest_first=newest_first)
    back, _first = walk(last, newest_first=newest_first, back=True)

    assert there == [in_order[:3], in_order[3:6], in_order[6:]]
    assert [pk for pks in reversed(back) for pk in pks] == in_order


def test_the_choice_in_the_address_is_kept(rows: list[int]) -> None:
    found = page(Booking.objects.all(), QueryDict("vis=alle&lokale=salen"))

    assert found.previous_url == ""
    assert found.next_url.startswith("?vis=alle&lokale=salen&efter=")


@pytest.mark.parametrize("key", ["x", "1", "-", "1-x", "9" * 40 + "-1", "nan-1", "1-\0"])
def test_a_key_that_no_page_wrote_is_not_found(rows: list[int], key: str) -> None:
    query = QueryDict(mutable=True)
    query["efter"] = key
    with pytest.raises(Http404):
        page(Booking.objects.all(), query)
