"""The checks of docs/security.md that guard the log-in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as CacheDown

from actors.enums import Role
from actors.models import User
from centers.models import Center
from medborger.common import clock
from medborger.common.models import Installation, Message
from tests.actors.browsers import browser, code_in, path_in, posted
from tests.factories import UserFactory, person_with

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


def shown(client: Client, path: str, form: dict[str, str]) -> tuple[int, str, str]:
    """Status, where to, and the text of what comes back, without its CSRF token and the address itself."""
    response = client.post(path, form)
    text = re.sub(r'(csrf[^>]*(?:value|content)=")[^"]*', r"\1", response.content.decode())
    followed = client.get(response.headers["Location"]).content.decode() if response.status_code == 302 else ""
    followed = re.sub(r'(csrf[^>]*(?:value|content)=")[^"]*', r"\1", followed)
    return response.status_code, response.headers.get("Location", ""), (text + followed).replace(form["login"], "…")


@pytest.mark.parametrize(("known", "unknown"), [("mette@huset.example", "ukendt@huset.example")])
@pytest.mark.parametrize("path", [LOGIN, ASK])
@pytest.mark.parametrize("password", ["", "forkert-adgangskode"])
def test_known_and_unknown_addresses_answer_alike(
    mette: User, known: str, unknown: str, path: str, password: str
) -> None:
    """By mail, the form tells nobody who has an account (docs/security.md, check 11)."""
    answers = {shown(browser(), path, {"login": login, "password": password}) for login in (known, unknown)}
    assert len(answers) == 1


def test_known_and_unknown_numbers_answer_alike_and_no_sms_goes_to_strangers(mette: User) -> None:
    """By SMS, the form tells nobody who has an account (docs/security.md, check 11)."""
    known, unknown = (shown(browser(), ASK, {"login": login}) for login in ("20 00 00 01", "20 00 00 99"))
    assert known[:2] == unknown[:2]
    assert known[2].replace("20 00 00 01", "…") == unknown[2].replace("20 00 00 99", "…")
    assert not posted("+4520000099")


def test_a_wrong_code_for_an_unknown_address_answers_like_one_for_a_known(mette: User) -> None:
    """The page for the code tells it no more than the form (docs/security.md, check 11)."""
    answers = set()
    for login in ("mette@huset.example", "ukendt@huset.example"):
        client = browser()
        client.post(ASK, {"login": login})
        page = client.post(WRITE, {"code": "abcdef"}).content.decode().replace(login, "…")
        answers.add(re.sub(r'(csrf[^>]*(?:value|content)=")[^"]*', r"\1", page))
    assert len(answers) == 1


def test_the_session_rotates_at_log_in(mette: User) -> None:
    """A session that was planted before is worth nothing after (docs/security.md, check 12)."""
    client = browser()
    client.post(ASK, {"login": "mette@huset.example"})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(WRITE, {"code": code_in(posted("mette@huset.example")[0])})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_the_session_ends_at_log_out(mette: User) -> None:
    """Only a POST logs out, and its cookie opens nothing again (docs/security.md, check 12)."""
    client = browser(mette)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get(reverse("account_logout")).status_code == 405
    client.post(reverse("account_logout"))
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/mig/").status_code == 302


def test_every_other_session_ends_when_the_password_changes(mette: User) -> None:
    """The one that changed it goes on under a new key (docs/security.md, check 12)."""
    here, there = browser(mette), browser(mette)
    key = here.cookies[settings.SESSION_COOKIE_NAME].value
    here.post(reverse("account_change_password"), {"password": "en-helt-anden-kode"})
    assert (here.get("/mig/").status_code, there.get("/mig/").status_code) == (200, 302)
    assert here.cookies[settings.SESSION_COOKIE_NAME].value != key


@pytest.mark.parametrize("target", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)"])
def test_next_stays_in_the_house(mette: User, target: str) -> None:
    """At log-in and log-out, an address elsewhere is passed over (docs/security.md, check 19)."""
    client = browser()
    response = client.post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD, "next": target})
    assert response.headers["Location"] == "/mig/"
    response = browser(mette).post(reverse("account_logout"), {"next": target})
    assert response.headers["Location"] == "/"


def test_next_leads_on_within_the_house(mette: User, house: Center) -> None:
    response = browser().post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD, "next": f"/{house.slug}/"})
    assert response.headers["Location"] == f"/{house.slug}/"


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["mette@huset.example", "20 00 00 01"])
def test_five_wrong_passwords_in_five_minutes_close_the_address(mette: User, login: str) -> None:
    for _try in range(5):
        browser().post(LOGIN, {"login": login, "password": "forkert"})
    client = browser()
    response = client.post(LOGIN, {"login": login, "password": PASSWORD})
    assert "for mange gange" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_one_closed_number_closes_no_other(mette: User) -> None:
    for _try in range(5):
        browser().post(LOGIN, {"login": "20 00 00 77", "password": "forkert"})
    client = browser()
    client.post(LOGIN, {"login": "20 00 00 01", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(mette.pk)


def test_three_codes_a_minute_and_address(mette: User) -> None:
    for _try in range(4):
        response = browser().post(ASK, {"login": "mette@huset.example"})
    assert "for mange gange" in response.content.decode()
    assert len(posted("mette@huset.example")) == 3


def test_without_the_cache_log_in_is_closed_and_reading_goes_on(
    mette: User, house: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = browser(mette)

    def down(*args: object, **kwargs: object) -> None:
        raise CacheDown

    for method in ("get", "set", "add", "get_many", "delete", "incr", "touch"):
        monkeypatch.setattr(type(cache._connections["default"]), method, down)  # type: ignore[attr-defined]
    client = browser()
    assert client.post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD}).status_code == 503
    assert client.post(ASK, {"login": "mette@huset.example"}).status_code == 503
    assert not Message.objects.exists()
    assert reader.get(f"/{house.slug}/").status_code == 200


# --- the second factor ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_who_holds_a_role_sets_up_a_second_factor_first(house: Center, role: Role) -> None:
    """Every role; every page leads to the set-up (docs/security.md, check 9)."""
    user = person_with(role, house)
    Authenticator.objects.all().delete()
    client = browser(user)
    for path in (f"/{house.slug}/mennesker/", "/mig/", "/"):
        assert client.get(path).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_who_runs_the_installation_too(db: None) -> None:
    """The administrator sees no page of the admin without one (docs/security.md, check 9)."""
    client = browser(UserFactory.create(is_admin=True))
    Authenticator.objects.all().delete()
    assert client.get("/admin/").headers["Location"] == reverse("mfa_index")


def test_members_need_none_and_nothing_is_looked_up_for_them(
    member: User, house: Center, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule is for roles in a house alone (docs/security.md, check 9)."""
    monkeypatch.delattr("actors.login.second_factor.look_up")
    assert browser(member).get(f"/{house.slug}/mennesker/").status_code == 200


def test_in_a_demo_nobody_is_sent_to_set_one_up(house: Center, staff: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the setting and the database's mark together are a demo (docs/security.md, check 9)."""
    Authenticator.objects.all().delete()
    monkeypatch.setattr("medborger.common.installation._known_demo", False)
    monkeypatch.setattr("django.conf.settings.DEMO", True)
    assert browser(staff).get("/mig/").status_code == 302
    Installation.objects.create(is_demo=True, created_at=clock.now())
    assert browser(staff).get("/mig/").status_code == 200


def test_removing_the_last_factor_asks_for_a_new_one(house: Center, staff: User) -> None:
    key = Authenticator.objects.get(user=staff)
    client = browser(staff)
    assert client.get("/mig/").status_code == 200
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert client.get("/mig/").headers["Location"] == reverse("mfa_index")


def test_the_second_factor_is_asked_for_at_log_in_and_a_trusted_browser_is_not(mette: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(mette, secret)
    client = browser()
    response = client.post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    assert client.session["_auth_user_id"] == str(mette.pk)
    client.post(reverse("account_logout"))
    client.post(LOGIN, {"login": "mette@huset.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(mette.pk)


def totp(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


# --- a recent log-in --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["mennesker/inviter/", "mennesker/{staff}/rolle/"])
def test_giving_a_role_asks_for_a_log_in_of_the_last_ten_minutes(
    house: Center, manager: User, staff: User, path: str
) -> None:
    """Neither the page nor a direct POST goes past it (docs/security.md, check 10)."""
    url = f"/{house.slug}/{path.format(staff=staff.pk)}"
    assert browser(manager, minutes_ago=9).get(url).status_code == 200
    client = browser(manager, minutes_ago=11)
    for response in (client.get(url), client.post(url, {"role": "manager", "address": "ny@huset.example"})):
        assert response.headers["Location"].startswith("/konto/bekraeft/")
        assert f"next=%2F{house.slug}%2F" in response.headers["Location"]
    assert not Message.objects.exists()
    assert staff.center_roles.count() == 1


def test_ending_a_role_asks_for_it_too(house: Center, manager: User, staff: User) -> None:
    """An old log-in ends no role (docs/security.md, check 10)."""
    held = staff.center_roles.get()
    response = browser(manager, minutes_ago=11).post(f"/{house.slug}/mennesker/roller/{held.pk}/slut/")
    assert response.headers["Location"].startswith("/konto/bekraeft/")
    held.refresh_from_db()
    assert held.until is None


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_change_address", "mfa_activate_totp", "mfa_add_webauthn"]
)
def test_changing_ones_log_in_asks_for_it(mette: User, name: str) -> None:
    """Password, address and second factor (docs/security.md, check 10)."""
    response = browser(mette, minutes_ago=11).get(reverse(name))
    assert response.headers["Location"].startswith("/konto/bekraeft/?next=")


def test_the_password_confirms_who_one_is(mette: User) -> None:
    client = browser(mette, minutes_ago=11)
    target = reverse("account_change_password")
    response = client.post(f"{reverse('account_reauthenticate')}?next={target}", {"password": PASSWORD})
    assert response.headers["Location"] == target
    assert client.get(target).status_code == 200


def test_a_code_confirms_who_has_no_password(member: User) -> None:
    client = browser(member, minutes_ago=11)
    target = reverse("account_change_password")
    asked = client.get(target)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate_by_code"))
    client.post(asked.headers["Location"], {"send": "1"})
    code = code_in(posted("medlem@huset.example")[0])
    assert (
        client.post(asked.headers["Location"], {"code": "000000" if code != "000000" else "111111"}).status_code == 200
    )
    assert client.post(asked.headers["Location"], {"code": code}).headers["Location"] == target
    assert client.get(target).status_code == 200


def test_a_code_is_no_way_round_the_second_factor(mette: User) -> None:
    TOTP.activate(mette, "JBSWY3DPEHPK3PXP")
    client = browser(mette, minutes_ago=11)
    response = client.post(reverse("account_reauthenticate_by_code"), {"send": "1"})
    assert response.headers["Location"] == reverse("account_reauthenticate")
    assert not Message.objects.exists()


# --- the admin --------------------------------------------------------------------------------------------------------


def test_the_admins_log_in_is_the_one_log_in(admin: User, house: Center, manager: User) -> None:
    """Django's own log-in form is never served (docs/security.md, check 8)."""
    assert browser().get("/admin/").headers["Location"] == f"{LOGIN}?next=/admin/"
    response = browser().post("/admin/login/", {"username": "admin@medborger.example", "password": PASSWORD})
    assert response.headers["Location"].startswith(LOGIN)
    assert browser(manager).get("/admin/").status_code == 403
    assert browser(admin).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        "bookings/booking",
        "bookings/closure",
        "bookings/occupancy",
        "actors/user",
        "actors/centerrole",
        "actors/membership",
        "actors/invitation",
        "actors/duty",
        "common/audit",
        "common/message",
    ],
)
def test_what_has_an_action_is_only_read_in_the_admin(admin: User, model: str) -> None:
    client = browser(admin)
    assert client.get(f"/admin/{model}/").status_code == 200
    assert client.get(f"/admin/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", ["account/emailaddress", "mfa/authenticator"])
def test_log_ins_are_not_in_the_admin_at_all(admin: User, model: str) -> None:
    assert browser(admin).get(f"/admin/{model}/").status_code == 404


@pytest.mark.parametrize(
    "model",
    [
        "centers/center",
        "centers/room",
        "centers/facility",
        "actors/actor",
        "actors/affiliation",
        "actors/theme",
        "actors/targetgroup",
        "actors/roomholder",
    ],
)
def test_reference_data_is_edited_in_the_admin(admin: User, model: str) -> None:
    assert browser(admin).get(f"/admin/{model}/add/").status_code == 200


# --- what leaks -------------------------------------------------------------------------------------------------------


def test_an_invitations_path_is_masked_in_the_log(
    house: Center, manager: User, caplog: pytest.LogCaptureFixture
) -> None:
    from medborger.common.logs import mask_paths

    browser(manager).post(f"/{house.slug}/mennesker/inviter/", {"address": "ny@huset.example", "role": "staff"})
    path = path_in(posted("ny@huset.example")[0])
    event = mask_paths(None, "info", {"request": f"GET {path}", "event": f"Not Found: {path}", "code": 404})
    assert event == {"request": "GET /invitation/.../", "event": "Not Found: /invitation/.../", "code": 404}


@pytest.mark.parametrize("path", ["/mig/", "/konto/sikkerhed/adgangskode/", "/konto/log-ind/"])
def test_personal_pages_are_kept_by_nobody(mette: User, path: str) -> None:
    """No cache stores them (docs/security.md, check 24)."""
    client = browser() if "log-ind" in path else browser(mette)
    assert "no-store" in client.get(path).headers["Cache-Control"]
