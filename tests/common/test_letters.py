"""Over which channel and in which language a person is told."""

import pytest
from django.test import override_settings
from django.utils.translation import gettext as _, gettext_lazy

from medborger.common.messaging.letters import SMS_LENGTH, letter_to, letters_to
from medborger.common.messaging.message_rendering import fits_gsm
from medborger.common.messaging.outbox import Letter
from medborger.common.models import Channel
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(**person: object) -> Letter:
    user = UserFactory.create(**person)
    return letter_to(
        user,
        key="booking:7",
        subject="Booket: Salen",
        text="Tirsdag kl. 18.00.",
        link="/hus/bookinger/7/",
        calendar="BEGIN",
    )


@override_settings(PUBLIC_URL="https://huset.example")
def test_who_has_a_mail_address_gets_a_mail_with_the_calendar_file() -> None:
    letter = told(email="m@huset.example", phone="+4520000005")
    assert (letter.channel, letter.recipient, letter.calendar) == (Channel.MAIL, "m@huset.example", "BEGIN")
    assert letter.link == "https://huset.example/hus/bookinger/7/"


@pytest.mark.parametrize("person", [{"email": None}, {"email": "m@huset.example", "notices_by_sms": True}])
def test_who_has_only_a_phone_or_chose_it_gets_an_sms(person: dict[str, object]) -> None:
    letter = told(phone="+4520000005", **person)
    assert (letter.channel, letter.recipient, letter.calendar) == (Channel.SMS, "+4520000005", "")
    assert letter.text == "Booket: Salen. Tirsdag kl. 18.00."


def test_who_chose_sms_but_has_no_phone_gets_a_mail() -> None:
    assert told(notices_by_sms=True).channel == Channel.MAIL


def test_an_sms_and_its_link_fit_in_one_message() -> None:
    user = UserFactory.create(email=None, phone="+4520000005")
    letter = letter_to(
        user, key="k", subject="Bookingen er flyttet", text="ord " * 100, link="/foreningernes-hus/bookinger/1234/"
    )
    assert len(f"{letter.text} {letter.link}") <= SMS_LENGTH
    assert letter.text.endswith("ord...")
    assert fits_gsm(letter.text)


def test_an_sms_is_written_with_the_signs_that_every_phone_has() -> None:
    user = UserFactory.create(email=None, phone="+4520000005")
    letter = letter_to(user, key="k", subject="Booked: Salen, 18:00–19:30", text="The room’s name is “Salen”.")
    assert letter.text == 'Booked: Salen, 18:00-19:30. The room\'s name is "Salen".'
    assert fits_gsm(letter.text)


def test_each_person_has_a_key_of_their_own() -> None:
    assert told().key != told().key


def test_who_can_no_longer_be_reached_gets_nothing() -> None:
    user = UserFactory.build(email=None, phone=None)
    with pytest.raises(ValueError, match="neither"):
        letter_to(user, key="k", subject="s", text="t")


def test_each_person_is_told_in_their_own_language_the_label_of_the_link_too() -> None:
    people = [UserFactory.create(language=language) for language in ("da", "en", "da")]
    label = gettext_lazy("Se forslaget")
    letters = letters_to(people, lambda: (_("Salen"), _("Ledigt")), key="x", link="/", label=label, center_id=1)
    assert [letter.text for letter in letters] == ["Ledigt", "Free", "Ledigt"]
    assert [letter.link_label for letter in letters] == ["Se forslaget", "See the motion", "Se forslaget"]
    assert [letter.key for letter in letters] == [f"x:{person.pk}" for person in people]
