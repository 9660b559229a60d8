"""A person's browser in a test: logged in, with a log-in that is minutes old unless said otherwise."""

import re
import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from actors.models import User
from medborger.common.models import Message


def browser(user: User | None = None, *, minutes_ago: float = 1, **options: Any) -> Client:
    client = Client(**options)
    if user is not None:
        client.force_login(user)
        session = client.session
        record = {"method": "password", "at": time.time() - 60 * minutes_ago}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


def posted(recipient: str) -> list[Message]:
    """What the outbox holds for an address, oldest first."""
    return list(Message.objects.filter(recipient=recipient).order_by("id"))


def code_in(message: Message) -> str:
    """The six digits of a letter."""
    found = re.search(r"\b\d{6}\b", message.text)
    assert found, message.text
    return found[0]


def path_in(message: Message) -> str:
    """The path that a letter's link opens."""
    return "/" + message.link.split("/", 3)[3]
