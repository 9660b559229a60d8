"""Adapters for allauth: phone numbers, letters through the outbox, no open sign-up."""

import secrets
from dataclasses import replace
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _, gettext_lazy

from actors.addresses import Address, PhoneField, parse_phone
from actors.login.recent_login import logged_in_recently
from actors.models import User
from medborger.common import clock
from medborger.common.messaging import outbox
from medborger.common.messaging.letters import letter_to, letter_to_address

log = structlog.get_logger("medborger.security")

CONFIRM_BY = {
    "reauthenticate": gettext_lazy("Brug din adgangskode"),
    "mfa_reauthenticate": gettext_lazy("Brug kode-appen eller en nødkode"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Brug en adgangsnøgle"),
}
MISMATCH = gettext_lazy("Mailen, nummeret eller adgangskoden passer ikke.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "incorrect_password": gettext_lazy("Adgangskoden passer ikke."),
        "incorrect_code": gettext_lazy("Koden passer ikke. Se efter i den nyeste besked."),
        "too_many_login_attempts": gettext_lazy("Der er prøvet for mange gange. Vent fem minutter, og prøv igen."),
        "rate_limited": gettext_lazy("Det går for hurtigt. Vent et minut, og prøv igen."),
        "too_many_codes": gettext_lazy(
            "Der er bedt om en kode for mange gange. Vent lidt, eller log ind på en anden måde."
        ),
        "account_inactive": gettext_lazy("Adgangen er lukket. Spørg i huset."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # --- phone numbers: a number is stored only once its owner has shown a code or an invitation sent to it -----------

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def clean_phone(self, phone: str) -> str:
        return parse_phone(phone)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        return (user.phone, True) if isinstance(user, User) and user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.phone_verified_at = clock.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        if user.phone_verified_at is None:
            self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone, is_active=True).first()

    # --- letters ------------------------------------------------------------------------------------------------------

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        post_code(Address(phone=phone), code, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's mails as letters of ours: `<prefix>_subject.txt` and `<prefix>_message.txt`.

        Without a code it is the one that tells a stranger that the address is nobody's: once a day, whoever asks how often.
        """
        if code := context.get("code"):
            post_code(Address(email=email), code)
            return
        letter = letter_to_address(
            Address(email=email),
            key=f"{outbox.ONE_TIME}{salted_hmac(template_prefix, email).hexdigest()[:16]}:{clock.today()}",
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            text=render_to_string(f"{template_prefix}_message.txt", context).strip(),
        )
        outbox.post([letter])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The security of the log-in changed: the person is told over the channel they read."""
        if isinstance(user, User):
            outbox.post([security_letter(user)])

    # --- log-in -------------------------------------------------------------------------------------------------------

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return str(credentials.get("email") or credentials.get("phone") or "")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("log-in failed", by="phone" if credentials.get("phone") else "email")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        if user.seen_on != clock.today():
            user.seen_on = clock.today()
            user.save(update_fields=["seen_on"])
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        """Checks the password under the same limits as at log-in, for users without an EmailAddress of allauth's too."""
        credentials = {"email": user.email} if user.email else {"phone": user.phone}
        found = self.authenticate(self.request, password=password, **credentials)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A log-in counts as a confirmation for ten minutes, like everywhere else in the house."""
        return not logged_in_recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password or second factor; a code to one's own address for who has no second factor."""
        methods = [
            {**method, "description": CONFIRM_BY[method["id"]]} for method in super().get_reauthentication_methods(user)
        ]
        if user.is_authenticated and not any(method["id"].startswith("mfa") for method in methods):
            url = reverse("account_reauthenticate_by_code")
            methods.append({"id": "code", "description": _("Få en kode på mail eller SMS"), "url": url})
        return methods


def post_code(address: Address, code: str, user: User | None = None) -> None:
    """Send a one-time code. Its last line lets a phone fill it in by itself."""
    text = _("Din kode til Medborger er %(code)s. Giv den ikke videre.") % {"code": code}
    letter = letter_to_address(
        address,
        key=_once(),
        subject=_("Din kode til Medborger"),
        text=_("Skriv koden på siden, hvor du bad om den. Den gælder i ti minutter.") + f"\n\n{code}",
        user_id=user.pk if user else None,
    )
    if address.phone:
        letter = replace(letter, text=text)
    outbox.post([letter])


def security_letter(user: User) -> outbox.Letter:
    return letter_to(
        user,
        key=f"security:{secrets.token_hex(8)}",
        subject=_("Dit login er ændret"),
        text=_("Var det ikke dig, så log ind med en kode, og vælg en ny adgangskode med det samme."),
        link=reverse("mfa_index"),
        link_label=_("Se din sikkerhed"),
    )


def _once() -> str:
    """A key of its own for each code: it is wiped from the outbox when it has been sent."""
    return f"{outbox.ONE_TIME}code:{secrets.token_hex(8)}"
