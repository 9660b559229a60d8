"""Logging in: by a code on mail or SMS, or with a password."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from actors.models import User
from medborger.common import clock
from medborger.common.models import Channel, Installation, Message
from tests.actors.browsers import browser, code_in, posted
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LOGIN, ASK, WRITE = (
    reverse("account_login"),
    reverse("account_request_login_code"),
    reverse("account_confirm_login_code"),
)
PASSWORD = "en-lang-adgangskode"


@pytest.fixture
def mette(db: None) -> User:
    user = UserFactory.create(email="mette@huset.example", phone="+4520000001")
    user.set_password(PASSWORD)
    user.save()
    return user


def who(client: Client) -> str | None:
    """The id of who is logged in."""
    return client.session.get("_auth_user_id")


def test_a_code_by_mail_lets_one_in(mette: User) -> None:
    client = browser()
    assert client.post(ASK, {"login": "Mette@huset.example"}).headers["Location"] == WRITE
    letter = posted("mette@huset.example")[0]
    assert letter.channel == Channel.MAIL
    response = client.post(WRITE, {"code": code_in(letter)})
    assert (response.headers["Location"], who(client)) == ("/mig/", str(mette.pk))


@pytest.mark.parametrize("written", ["20 00 00 01", "+45 20000001", "004520000001"])
def test_a_code_by_sms_lets_one_in_however_the_number_is_written(mette: User, written: str) -> None:
    client = browser()
    client.post(ASK, {"login": written})
    letter = posted("+4520000001")[0]
    assert letter.channel == Channel.SMS
    client.post(WRITE, {"code": code_in(letter)})
    assert who(client) == str(mette.pk)


@pytest.mark.parametrize("written", ["mette@huset.example", "METTE@huset.example ", "20 00 00 01", "+4520000001"])
def test_a_password_lets_one_in_with_mail_or_phone(mette: User, written: str) -> None:
    client = browser()
    client.post(LOGIN, {"login": written, "password": PASSWORD})
    assert who(client) == str(mette.pk)


def test_without_a_password_the_same_form_sends_a_code(mette: User) -> None:
    client = browser()
    response = client.post(LOGIN, {"login": "20 00 00 01", "password": ""})
    assert response.headers["Location"] == WRITE
    client.post(WRITE, {"code": code_in(posted("+4520000001")[0])})
    assert who(client) == str(mette.pk)


def test_a_wrong_code_may_be_tried_three_times(mette: User) -> None:
    client = browser()
    client.post(ASK, {"login": "mette@huset.example"})
    code = code_in(posted("mette@huset.example")[0])
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(3):
        client.post(WRITE, {"code": wrong})
    client.post(WRITE, {"code": code})
    assert who(client) is None


def test_a_code_is_good_for_ten_minutes(mette: User) -> None:
    client = browser()
    client.post(ASK, {"login": "mette@huset.example"})
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1)):
        client.post(WRITE, {"code": code_in(posted("mette@huset.example")[0])})
    assert who(client) is None


def test_a_new_code_makes_the_old_one_useless(mette: User) -> None:
    client = browser()
    client.post(ASK, {"login": "mette@huset.example"})
    client.post(WRITE, {"action": "resend"})
    first, second = (code_in(letter) for letter in posted("mette@huset.example"))
    if first != second:
        client.post(WRITE, {"code": first})
        assert who(client) is None
    client.post(WRITE, {"code": second})
    assert who(client) == str(mette.pk)


@pytest.mark.parametrize("nonsense", ["", "mette", "112", "x" * 300, "a@b\0.dk", "mette@huset.example\r\nBcc: x@y.dk"])
def test_what_is_neither_mail_nor_phone_is_refused_at_the_field(db: None, nonsense: str) -> None:
    for path in (LOGIN, ASK):
        response = browser().post(path, {"login": nonsense, "password": "x"})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["login"]
    assert not Message.objects.exists()


def test_an_inactive_person_does_not_get_in(mette: User) -> None:
    User.objects.update(is_active=False)
    client = browser()
    client.post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD})
    client.post(ASK, {"login": "+4520000001"})
    assert who(client) is None
    assert not posted("+4520000001")


def test_logging_in_notes_the_day(mette: User) -> None:
    User.objects.update(seen_on=None)
    browser().post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD})
    mette.refresh_from_db()
    assert mette.seen_on == clock.today()


def test_nobody_signs_up_on_their_own(db: None) -> None:
    response = browser().post(reverse("account_signup"), {"email": "ny@huset.example", "password1": PASSWORD})
    assert response.status_code == 405
    assert "inviteret" in browser().get(reverse("account_signup")).content.decode()


# --- one's own log-in -------------------------------------------------------------------------------------------------


def test_a_forgotten_password_is_replaced_after_a_log_in_by_code(mette: User) -> None:
    client = browser()
    client.post(ASK, {"login": "mette@huset.example"})
    client.post(WRITE, {"code": code_in(posted("mette@huset.example")[0])})
    client.post(reverse("account_change_password"), {"password": "en-helt-anden-kode"})
    mette.refresh_from_db()
    assert mette.check_password("en-helt-anden-kode")
    assert posted("mette@huset.example")[-1].subject == "Dit login er ændret"


@pytest.mark.parametrize("weak", ["kort", "1234567890", "mette@huset.example", "password123"])
def test_a_weak_password_is_refused_at_the_field(mette: User, weak: str) -> None:
    response = browser(mette).post(reverse("account_change_password"), {"password": weak})
    assert list(response.context["form"].errors) == ["password"]
    mette.refresh_from_db()
    assert mette.check_password(PASSWORD)


def test_a_new_address_counts_once_its_code_is_shown(mette: User) -> None:
    client = browser(mette)
    client.post(reverse("account_change_address"), {"address": "ny@huset.example"})
    mette.refresh_from_db()
    assert mette.email == "mette@huset.example"
    client.post(reverse("account_confirm_address"), {"code": code_in(posted("ny@huset.example")[0])})
    mette.refresh_from_db()
    assert mette.email == "ny@huset.example"
    assert posted("mette@huset.example")[-1].subject == "Dit login er ændret"


def test_somebody_elses_address_is_not_taken_over(mette: User) -> None:
    other = UserFactory.create(email="anden@huset.example")
    client = browser(mette)
    client.post(reverse("account_change_address"), {"address": "anden@huset.example"})
    client.post(reverse("account_confirm_address"), {"code": code_in(posted("anden@huset.example")[0])})
    mette.refresh_from_db()
    other.refresh_from_db()
    assert (mette.email, other.email) == ("mette@huset.example", "anden@huset.example")


def test_the_profile_keeps_name_language_and_channel(mette: User) -> None:
    response = browser(mette).post(
        reverse("save_profile"), {"name": "Mette Hansen", "language": "en", "notices_by_sms": "on"}
    )
    assert response.headers["Location"] == "/mig/"
    mette.refresh_from_db()
    assert (mette.name, mette.language, mette.notices_by_sms) == ("Mette Hansen", "en", True)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "Ib 010190-1234"}, {"language": "xx"}, {"name": "x" * 81}])
def test_a_wrong_profile_is_refused_at_its_field(mette: User, wrong: dict[str, str]) -> None:
    response = browser(mette).post(reverse("save_profile"), {"name": "Mette", "language": "da", **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)


# --- the demo ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that a demo made, and the setting that says so."""
    monkeypatch.setattr("medborger.common.installation._known_demo", False)
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    Installation.objects.create(is_demo=True, created_at=clock.now())


def test_a_demo_lists_its_log_ins(demo: None) -> None:
    page = browser().get(LOGIN).content.decode()
    assert "medlem@foreningernes-hus.example" in page
    assert "medborger-demo" in page


def test_a_house_in_use_lists_none(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    page = browser().get(LOGIN).content.decode()
    assert "medborger-demo" not in page
    assert browser().get(reverse("demo_post")).status_code == 404


def test_the_demos_post_shows_letters_as_text(demo: None, mette: User) -> None:
    browser().post(ASK, {"login": "mette@huset.example"})
    browser().post(ASK, {"login": "+4520000001"})
    Message.objects.update(subject="<script>alert(1)</script>")
    page = browser().get(reverse("demo_post"), {"til": "mette@"}).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "20 00 00 01" not in page
    assert "20 00 00 01" in browser().get(reverse("demo_post")).content.decode()


def test_the_demo_shows_a_dressed_letter_as_it_was_sent(demo: None, mette: User) -> None:
    browser().post(ASK, {"login": "mette@huset.example"})
    plain = Message.objects.get()
    assert browser().get(reverse("demo_letter", args=[plain.pk])).status_code == 404
    Message.objects.update(html='<p style="color: #123">Hej</p><script>alert(1)</script>')
    answer = browser().get(reverse("demo_letter", args=[plain.pk]))
    assert answer.content.decode() == '<p style="color: #123">Hej</p><script>alert(1)</script>'
    assert set(answer["Content-Security-Policy"].split("; ")) == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    }
