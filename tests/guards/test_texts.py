"""Free text that leaves the house, in calendar files, mail headers and pages, stays text."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db.models import CharField, TextField
from django.test import Client
from django.utils.html import escape
from icalendar import Calendar

from actors.council.models import Dispute, RuleNotice
from actors.enums import Tie
from actors.meetings.models import AgendaItem, Meeting
from actors.models import Actor, User
from bookings.models import Booking
from centers.models import Center, Room
from medborger.common.messaging.channels import as_mail
from medborger.common.models import Channel, Message
from tests.factories import ActorFactory, BookingFactory, UserFactory

pytestmark = pytest.mark.django_db
NASTY = "Sang; dans, <b>øl</b>\\n og mere"
BREAKING = "Sang\r\nDTSTART:19990101T000000Z\r\nBcc: alle@huset.example"


@pytest.fixture
def nasty_actor(house: Center) -> Actor:
    return ActorFactory.create(name='Klub"; <script>alert(1)</script>', house=house, tie=Tie.FIXED)


@pytest.mark.parametrize("title", [NASTY, BREAKING[:80]])
def test_a_title_in_a_calendar_file_is_one_text(room: Room, nasty_actor: Actor, title: str) -> None:
    """A title adds no line and no field (docs/security.md, check 22)."""
    person = UserFactory.create(member_of=nasty_actor)
    booking = BookingFactory.create(room=room, actor=nasty_actor, by=person, title="Sang")
    Booking.objects.filter(pk=booking.pk).update(title=title)
    client = Client()
    client.force_login(person)
    content = client.get(f"/{room.center.slug}/bookinger/{booking.pk}/booking.ics").content
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 1
    assert events[0].decoded("dtstart") == booking.starts_at
    assert str(events[0]["summary"]).split() == title.split()


def test_a_line_break_in_a_title_makes_no_mail_header(room: Room, association: Actor, member: User) -> None:
    """From the form to the mail as it is sent (docs/security.md, check 22)."""
    BookingFactory.create(room=room, actor=association, by=member, title=BREAKING[:80])
    letter = Message.objects.get(channel=Channel.MAIL)
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    sent = as_mail(letter, mail.get_connection()).message()
    assert sent["Bcc"] is None
    assert sent.get_all("Subject") is not None
    assert len(sent.get_all("Subject", [])) == 1


def test_a_name_on_a_page_is_text(room: Room, nasty_actor: Actor, staff: User) -> None:
    person = UserFactory.create(member_of=nasty_actor, name="<img src=x onerror=alert(1)>")
    booking = BookingFactory.create(room=room, actor=nasty_actor, by=person, title='"><script>alert(2)</script>')
    client = Client()
    client.force_login(staff)
    slug, day = room.center.slug, booking.starts_at.date().isoformat()
    for path in (
        f"/{slug}/",
        f"/{slug}/kalender/?dato={day}",
        f"/{slug}/kalender/?dato={day}&visning=uge",
        f"/{slug}/bookinger/",
        f"/{slug}/bookinger/{booking.pk}/",
        f"/{slug}/bookinger/{booking.pk}/flyt/",
        f"/{slug}/mennesker/",
        "/mig/",
    ):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_free_text_that_people_write_refuses_what_looks_like_a_cpr_number() -> None:
    """Never stored (docs/security.md, "Privacy"): each free text of the bookings and the people checks."""
    free = [
        (Booking, "title"),
        (Booking, "hours_reason"),
        (Actor, "about"),
        (User, "name"),
        *((Meeting, name) for name in ("title", "place")),
        *((AgendaItem, name) for name in ("title", "text", "minutes", "decision")),
        *((RuleNotice, name) for name in ("what", "answer")),
        *((Dispute, name) for name in ("title", "what", "mediation", "decision")),
    ]
    for model, name in free:
        column = model._meta.get_field(name)
        assert isinstance(column, CharField | TextField)
        assert "no_personal_number" in {getattr(check, "__name__", "") for check in column.validators}, column


def test_whoever_renders_markdown_cleans_it() -> None:
    """A module that renders it imports `nh3` (docs/security.md, check 20)."""
    root = Path(settings.BASE_DIR)
    renders, cleans = (
        re.compile(r"^(from|import) (markdown|mistune|commonmark)", re.MULTILINE),
        re.compile(r"^import nh3", re.MULTILINE),
    )
    for folder in ("medborger", "centers", "actors", "bookings", "collaboration"):
        for module in (root / folder).rglob("*.py"):
            text = module.read_text()
            assert cleans.search(text) or not renders.search(text), module


def test_what_looks_like_markup_in_a_title_is_shown_as_it_was_typed(
    room: Room, association: Actor, member: User
) -> None:
    """A title is no Markdown (docs/security.md, check 20)."""
    title = "**Fest** <b>nu</b> [her](javascript:alert(1))"
    booking = BookingFactory.create(room=room, actor=association, by=member, title=title)
    client = Client()
    client.force_login(member)
    page = client.get(f"/{room.center.slug}/bookinger/{booking.pk}/").content.decode()
    assert escape(title) in page
    assert "<b>nu</b>" not in page
    assert 'href="javascript' not in page
