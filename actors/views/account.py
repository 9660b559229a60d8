"""Pages of log-in and security that allauth does not have."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from redis.exceptions import RedisError

from actors import actions
from actors.addresses import Address
from actors.entrance import demo_houses
from actors.login import codes
from actors.login.account_forms import AddressForm, CodeForm, PasswordForm
from actors.login.recent_login import recent_login
from actors.permissions import logged_in
from actors.requests import PersonRequest
from medborger.common.error_views import too_many_requests
from medborger.common.errors import DomainError
from medborger.common.limits import posting
from medborger.common.permissions import public, requires
from medborger.common.refusals import form_page

View = Callable[..., HttpResponseBase]


def fails_closed(view: View) -> View:
    """Without the cache nobody can count attempts, so nobody logs in; who is logged in goes on reading."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except RedisError:
            return render(request, "account/closed.html", status=503)

    return guarded


class LoginView(allauth_views.LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "demo_houses": demo_houses()}


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        state = self._process.state
        code = f"{request.session.session_key} {state['at']} {state['resend_count']}"
        if self._action == "verify" and not codes.may_try(request, code):
            return too_many_requests(request)
        response: HttpResponseBase = super().post(request, *args, **kwargs)
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """A new code counts against the address like the first, and an address that nobody has is answered alike: allauth
        falls over one that is a phone number."""
        process, adapter = self._process, get_adapter(self.request)
        address = Address(process.state.get("email") or "", process.state.get("phone") or "")
        if not codes.may_send(self.request, address):
            adapter.add_message(self.request, messages.ERROR, message=adapter.error_messages["too_many_codes"])
        elif process.user is None:
            process.send(skip_enumeration_mails=True)
            process.record_resend()
            process.persist()
        else:
            process.resend()
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


@public
@require_http_methods(["GET", "HEAD"])
def how_to_join(request: HttpRequest) -> HttpResponse:
    """Nobody signs up on their own: the page says whom to ask."""
    return render(request, "account/how_to_join.html")


@requires(logged_in)
@posting
@form_page
@never_cache
@fails_closed
def reauthenticate_by_code(request: PersonRequest) -> HttpResponse:
    """Confirm who one is by a code to one's own address: for those without a second factor."""
    if not any(method["id"] == "code" for method in get_adapter(request).get_reauthentication_methods(request.user)):
        return redirect("account_reauthenticate")
    own = Address(email=request.user.email) if request.user.email else Address(phone=request.user.phone or "")
    following = get_next_redirect_url(request, "next") or settings.LOGIN_REDIRECT_URL
    if request.method == "POST" and "send" in request.POST:
        return _send_code(request, "reauthenticate", own) or redirect(request.get_full_path())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if codes.confirm(request, "reauthenticate", form.cleaned_data["code"]):
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return redirect(following)
        form.add_error("code", get_adapter(request).error_messages["incorrect_code"])
    context = {"form": form, "address": own, "sent": codes.pending(request, "reauthenticate"), "next": following}
    return render(request, "account/reauthenticate_by_code.html", context)


@requires(logged_in)
@posting
@form_page
@never_cache
@sensitive_post_parameters("password")
@recent_login
def change_password(request: PersonRequest) -> HttpResponse:
    """Choose a password, or a new one. The old one is not asked for: a code is enough for who forgot it."""
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.set_password(user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Din adgangskode er gemt. Du er logget ud alle andre steder."))
        return redirect("mfa_index")
    return render(request, "account/password_change.html", {"form": form})


@requires(logged_in)
@posting
@form_page
@never_cache
@fails_closed
@recent_login
def change_address(request: PersonRequest) -> HttpResponse:
    """Ask for a code to a new address. Whether somebody else has it is not told before the code was shown."""
    form = AddressForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        limited = _send_code(request, "address", form.cleaned_data["address"])
        return limited or redirect("account_confirm_address")
    return render(request, "account/address_change.html", {"form": form})


@requires(logged_in)
@posting
@form_page
@never_cache
@recent_login
def confirm_address(request: PersonRequest) -> HttpResponse:
    pending = codes.pending(request, "address")
    if pending is None:
        return redirect("account_change_address")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = codes.confirm(request, "address", form.cleaned_data["code"])
        if address is None:
            form.add_error("code", get_adapter(request).error_messages["incorrect_code"])
        else:
            return _take_address(request, address)
    return render(request, "account/address_confirm.html", {"form": form, "address": pending.address})


def _take_address(request: PersonRequest, address: Address) -> HttpResponse:
    try:
        actions.change_address(user=request.user, address=address)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("account_change_address")
    messages.success(request, _("Gemt. Fra nu af kan du logge ind med %(address)s.") % {"address": address})
    return redirect("mfa_index")


def _send_code(request: PersonRequest, purpose: str, address: Address) -> HttpResponse | None:
    """Send a code within the limits of log-in codes; a 429 when they are reached."""
    if not codes.may_send(request, address):
        return too_many_requests(request)
    codes.send(request, purpose, address)
    return None
