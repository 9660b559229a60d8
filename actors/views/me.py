"""/mig/: what is mine over all houses."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors import actions, people
from actors.forms.people_forms import ProfileForm
from actors.models import Membership, User
from actors.my_page import sections_for
from actors.permissions import logged_in
from actors.requests import PersonRequest
from centers.models import Center
from medborger.common.limits import posting
from medborger.common.permissions import requires


@requires(logged_in)
@never_cache
@require_safe
def me(request: PersonRequest) -> HttpResponse:
    return _page(request, ProfileForm(instance=request.user))


@requires(logged_in)
@never_cache
@posting
@require_POST
def save_profile(request: PersonRequest) -> HttpResponse:
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST, instance=person)
    if not form.is_valid():
        return _page(request, form, status=422)
    actions.save_profile(
        user=request.user,
        name=form.cleaned_data["name"],
        language=form.cleaned_data["language"],
        notices_by_sms=form.cleaned_data.get("notices_by_sms", request.user.notices_by_sms),
    )
    with translation.override(request.user.language):
        messages.success(request, _("Gemt."))
    response = redirect("me")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the footer's choice would hide the one just made
    return response


@requires(logged_in)
@posting
@require_POST
def show_on_duty(request: PersonRequest) -> HttpResponse:
    """The person's own choice of what the house shows of them at the desk."""
    with_name, with_photo = (_numbers(request.POST.getlist(name)) for name in ("name", "photo"))
    actions.show_on_duty(user=request.user, with_name=with_name, with_photo=with_photo)
    messages.success(request, _("Gemt."))
    return redirect("me")


def _numbers(posted: list[str]) -> list[int]:
    """The ids among what was posted; longer than any id is none, and Python refuses to read more than 4300 digits."""
    return [int(pk) for pk in posted if pk.isdecimal() and len(pk) < 20]


def _page(request: PersonRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    memberships = Membership.objects.in_force().filter(user=request.user, actor__retired_at=None)
    context = {
        "form": form,
        "sections": sections_for(request),
        "memberships": memberships.select_related("actor").order_by("actor__sort_key"),
        "houses": _houses(request),
        "weeks": people.coming_duties(request.user.duties.select_related("center")),
    }
    return render(request, "actors/me.html", context, status=status)


def _houses(request: PersonRequest) -> list[Center]:
    """The houses that the person has a tie to."""
    access = request.access
    ids = {*(pk for pk, roles in access.roles.items() if roles), *access.actors_by_center}
    return list(Center.objects.open_to_visitors().filter(pk__in=ids).order_by("name"))
