"""The people of a house: who has which role, who is in which actor, who is invited, who is at the desk."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors import actions, people
from actors.forms.people_forms import DutyForm, GrantRoleForm, InviteToActorForm, InviteToHouseForm
from actors.login.recent_login import recent_login, recent_login_from
from actors.models import Actor, CenterRole, Duty, Invitation, Membership, User
from actors.permissions import manager, staff, tied
from actors.requests import HouseRequest, redirect_in_house
from medborger.common.errors import NotAllowed
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(tied)
@never_cache
@require_safe
def overview(request: HouseRequest) -> HttpResponse:
    return render(request, "actors/people.html", {"people": people.of_house(request.center, request.access)})


@requires(manager)
@never_cache
@posting
@form_page
@recent_login
def invite_to_house(request: HouseRequest) -> HttpResponse:
    form = InviteToHouseForm(request.POST or None, access=request.access, center=request.center)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent = attempt(
            form,
            actions.invite,
            center=request.center,
            role=given["role"],
            address=given["address"],
            by=request.access,
        )
        if sent:
            return redirect_in_house(
                request, "people", said=_("Invitationen er sendt til %(address)s.") % {"address": given["address"]}
            )
    return page(request, "actors/invite.html", form, place=request.center.name)


@requires(tied)
@never_cache
@posting
@form_page
def invite_to_actor(request: HouseRequest, actor_id: int) -> HttpResponse:
    seen = Actor.objects.whose_people_are_seen_by(request.access, request.center.pk)
    actor = get_object_or_404(seen, pk=actor_id)
    if not people.may_manage(actor.pk, request.center, request.access):
        raise NotAllowed
    form = InviteToActorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sent = attempt(
            form,
            actions.invite,
            center=request.center,
            actor=actor,
            role=given["role"],
            address=given["address"],
            by=request.access,
        )
        if sent:
            return redirect_in_house(
                request, "people", said=_("Invitationen er sendt til %(address)s.") % {"address": given["address"]}
            )
    return page(request, "actors/invite.html", form, place=actor.name)


@requires(tied)
@posting
@require_POST
def withdraw_invitation(request: HouseRequest, pk: int) -> HttpResponse:
    seen = Invitation.objects.visible_to(request.access, request.center.pk)
    actions.withdraw(invitation=get_object_or_404(seen, pk=pk), by=request.access)
    return redirect_in_house(request, "people", said=_("Invitationen er trukket tilbage. Linket virker ikke mere."))


@requires(manager)
@never_cache
@posting
@form_page
@recent_login
def grant_role(request: HouseRequest, user_id: int) -> HttpResponse:
    roles = CenterRole.objects.in_force().visible_to(request.access, request.center.pk)
    person = get_object_or_404(User.objects.filter(center_roles__in=roles).distinct(), pk=user_id)
    held = frozenset(roles.filter(user=person).values_list("role", flat=True))
    form = GrantRoleForm(request.POST or None, rank=request.access.rank_in(request.center.pk), held=held)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        if attempt(form, actions.grant_role, center=request.center, user=person, role=role, by=request.access):
            return redirect_in_house(
                request, "people", said=_("%(name)s har fået rollen. Den gælder fra nu af.") % {"name": person}
            )
    return page(request, "actors/grant_role.html", form, person=person)


@requires(manager)
@posting
@require_POST
@recent_login_from("people")
def end_role(request: HouseRequest, pk: int) -> HttpResponse:
    seen = CenterRole.objects.in_force().visible_to(request.access, request.center.pk).select_related("user")
    ended = actions.end_role(center_role=get_object_or_404(seen, pk=pk), by=request.access)
    return redirect_in_house(
        request, "people", said=_("%(name)s har ikke rollen mere. Det gælder fra nu af.") % {"name": ended.user}
    )


@requires(tied)
@posting
@require_POST
def end_membership(request: HouseRequest, pk: int) -> HttpResponse:
    seen = Actor.objects.whose_people_are_seen_by(request.access, request.center.pk)
    membership = get_object_or_404(Membership.objects.in_force().filter(actor__in=seen), pk=pk)
    actions.end_membership(membership=membership, by=request.access)
    return redirect_in_house(request, "people", said=_("Personen er ikke med mere. Det gælder fra nu af."))


@requires(staff)
@never_cache
@posting
@form_page
def duties(request: HouseRequest) -> HttpResponse:
    form = DutyForm(request.POST or None, center=request.center)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        entered = attempt(
            form,
            actions.enter_duty,
            center=request.center,
            user=given["person"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            by=request.access,
        )
        if entered:
            return redirect_in_house(request, "duties", said=_("Vagten er skrevet ind."))
    return page(
        request, "actors/duties.html", form, weeks=people.coming_duties(request.center.duties.select_related("user"))
    )


@requires(staff)
@posting
@require_POST
def end_duty(request: HouseRequest, pk: int) -> HttpResponse:
    actions.end_duty(duty=get_object_or_404(Duty, center=request.center, pk=pk), by=request.access)
    return redirect_in_house(request, "duties", said=_("Vagten er fjernet."))


def page(request: HouseRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """A form's page; 422 when the form was refused."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
