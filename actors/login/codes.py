"""Verify an address by a six-digit code, entered within ten minutes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django_ratelimit.core import is_ratelimited

from actors.addresses import Address
from actors.login.adapters import post_code
from medborger.common import clock

VALID = timedelta(minutes=10)
MOST_TRIES = 3


@dataclass(frozen=True)
class Pending:
    """What the session holds of a code under way: never the code itself."""

    address: Address
    digest: str
    sent_at: datetime
    tries: int

    @property
    def is_over(self) -> bool:
        return self.tries >= MOST_TRIES or clock.now() > self.sent_at + VALID


def may_send(request: HttpRequest, address: Address) -> bool:
    """Counts a code to the address, before anybody looks whose it is: known and unknown ones are refused alike.

    Raises RedisError: what cannot be counted cannot be allowed.
    """
    key = address.email or address.phone
    asked: bool = ratelimit.consume(request, action="request_login_code", key=key)
    return asked and (not address.phone or ratelimit.consume(request, action="code_by_sms", key=key))


def send(request: HttpRequest, purpose: str, address: Address) -> None:
    """Send a new code to `address`; an earlier one for the same purpose no longer works."""
    code = f"{secrets.randbelow(10**6):06d}"
    request.session[_key(purpose)] = {
        "email": address.email,
        "phone": address.phone,
        "digest": _digest(code),
        "sent_at": clock.now().isoformat(),
        "tries": 0,
    }
    post_code(address, code)


def pending(request: HttpRequest, purpose: str) -> Pending | None:
    """The code under way, if one was sent and can still be used."""
    state = request.session.get(_key(purpose))
    if state is None:
        return None
    address = Address(state["email"], state["phone"])
    found = Pending(address, state["digest"], datetime.fromisoformat(state["sent_at"]), state["tries"])
    return None if found.is_over else found


def confirm(request: HttpRequest, purpose: str, code: str) -> Address | None:
    """The address that `code` proves, once; None when it does not fit, which counts as a try."""
    state = pending(request, purpose)
    if state is None or not may_try(request, f"{state.digest} {state.sent_at}"):
        return None
    if constant_time_compare(state.digest, _digest(code.replace(" ", ""))):
        del request.session[_key(purpose)]
        return state.address
    request.session[_key(purpose)]["tries"] += 1
    request.session.modified = True
    return None


def may_try(request: HttpRequest, code: str) -> bool:
    """Counts a try at the code that `code` names, where it cannot be raced: many requests at once all read a session with none yet.

    Raises RedisError: what cannot be counted cannot be allowed.
    """
    rate = f"{MOST_TRIES}/{int(VALID.total_seconds())}s"
    return not is_ratelimited(request, group="code tries", key=lambda *_: code, rate=rate, increment=True)


def _key(purpose: str) -> str:
    return f"code_{purpose}"


def _digest(code: str) -> str:
    return salted_hmac("actors.login.codes", code, algorithm="sha256").hexdigest()
