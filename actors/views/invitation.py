"""The page behind an invitation's link: opening it changes nothing, its one button does."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from actors import actions
from actors.actions.invitations import find_user, role_of
from actors.addresses import Address
from actors.errors import ForSomebodyElse, InvitationOver
from actors.forms.people_forms import AcceptForm
from actors.models import Invitation, User
from medborger.common.limits import posting
from medborger.common.permissions import public
from medborger.common.refusals import form_page


@public
@never_cache
@posting
@form_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to. A known address logs in first; whoever is new says what they are called."""
    try:
        found = actions.find_open(token)
    except InvitationOver as error:
        return render(request, "actors/invitation_over.html", {"text": error.message}, status=404)
    person = request.user if isinstance(request.user, User) else None
    owner = find_user(Address(found.email, found.phone))
    form = AcceptForm(request.POST or None) if owner is None and person is None else None
    accepted = request.method == "POST" and (form is None or form.is_valid())
    if accepted and not _must_log_in(owner, person):
        return _accept(request, token, form.cleaned_data["name"] if form else "", person)
    return render(request, "actors/invitation.html", _context(request, found, form, owner, person))


def _must_log_in(owner: User | None, person: User | None) -> bool:
    return owner is not None and (person is None or person.pk != owner.pk)


def _accept(request: HttpRequest, token: str, name: str, person: User | None) -> HttpResponse:
    try:
        user = actions.accept(token=token, name=name, by=person)
    except (InvitationOver, ForSomebodyElse) as error:
        return render(request, "actors/invitation_over.html", {"text": error.message}, status=409)
    messages.success(request, _("Velkommen. Du er med."))
    if person is not None:
        return redirect("me")
    record_authentication(request, user, method="code", email=user.email, phone=user.phone)
    entered: HttpResponse = perform_login(request, Login(user=user, redirect_url=reverse("me"), email=user.email))
    return entered


def _context(
    request: HttpRequest, found: Invitation, form: AcceptForm | None, owner: User | None, person: User | None
) -> dict[str, Any]:
    return {
        "invitation": found,
        "role": role_of(found).label,
        "address": Address(found.email, found.phone),
        "form": form,
        "must_log_in": _must_log_in(owner, person),
        "is_other": owner is not None and person is not None and person.pk != owner.pk,
        "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
