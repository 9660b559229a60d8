"""The forum's page, its founding and its settings, who holds it, and the file for who comes after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.requests import HouseRequest, redirect_in_house
from collaboration.forum import actions, forum_page, lapse
from collaboration.forum.forms import ForumForm, HolderForm, LastDayForm
from collaboration.forum.forum_page import ForumRights, members_of
from collaboration.forum.lapse import ForumState
from collaboration.forum.models import Forum
from collaboration.forum.permissions import coordinates, forum_of, tied
from collaboration.forum.succession import File
from collaboration.forum.views.forum_access import forum_or_404, forum_to_keep
from medborger.common.errors import Stale
from medborger.common.limits import posting
from medborger.common.permissions import requires
from medborger.common.refusals import attempt, form_page


@requires(tied)
@require_safe
def forum(request: HouseRequest) -> HttpResponse:
    """When it meets and what waits; in a house without one, how it gets one."""
    state = ForumState.of(request.center)
    if state.forum is None:
        may_found = coordinates(request.access, request.center)
        alerts = list(lapse.warnings(state)) if may_found else []
        return render(request, "forum/none.html", {"may_found": may_found, "alerts": alerts})
    request.access.once(("forum", request.center.pk), lambda: state.forum)
    page = forum_page.of(state, state.forum, request.access)
    return render(request, "forum/forum.html", {"forum": state.forum, "page": page})


@requires(coordinates)
@posting
@form_page
def found(request: HouseRequest) -> HttpResponse:
    """Give the house a forum, once."""
    if request.method != "POST" and forum_of(request.access, request.center) is not None:
        return redirect_in_house(request, "forum")
    form = ForumForm.new(request.POST if request.method == "POST" else None, center=request.center)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, actions.found, center=request.center, frame=form.frame(), by=request.access)
        if made:
            return redirect_in_house(
                request,
                "forum_members",
                said=_("%(forum)s er oprettet. Vælg nu, hvem der er med.") % {"forum": made.name},
            )
    return render(request, "forum/found.html", {"form": form}, status=422 if form.errors else 200)


@requires(tied)
@posting
@form_page
def settings(request: HouseRequest) -> HttpResponse:
    """How often it meets, and who holds it."""
    found = forum_to_keep(request)
    if request.method != "POST":
        return _settings_page(request, found)
    form = ForumForm.of(found, request.POST)
    if not form.is_valid():
        return _settings_page(request, found, form=form, status=422)
    said = {"frame": form.frame(), "version": form.cleaned_data["version"]}
    try:
        saved = attempt(form, actions.change, forum=found, by=request.access, **said)
    except Stale as error:
        return _settings_page(request, error.current, status=409, refused=str(error.message))
    if saved is None:
        return _settings_page(request, found, form=form, status=422)
    return redirect_in_house(request, "forum", said=_("Det er gemt. Møder, der er planlagt, bliver stående."))


@requires(coordinates)
@posting
@require_POST
def name_holder(request: HouseRequest) -> HttpResponse:
    """Give the forum to somebody to keep going."""
    found = forum_or_404(request)
    form = HolderForm(request.POST, forum=found)
    if form.is_valid():
        said = {"user": form.person, "until": form.cleaned_data["until"]}
        if attempt(form, actions.name_holder, forum=found, by=request.access, **said):
            return redirect_in_house(
                request,
                "forum_settings",
                said=_("%(name)s er tovholder og har fået besked.") % {"name": form.person.first_name},
            )
    return _settings_page(request, found, holder_form=form, status=422)


@requires(tied)
@posting
@require_POST
def end_holder(request: HouseRequest) -> HttpResponse:
    """Say when the holder's last day is."""
    found = forum_to_keep(request)
    form = LastDayForm(request.POST)
    if form.is_valid():
        last_day = form.cleaned_data["until"]
        if attempt(form, actions.end_holder, forum=found, last_day=last_day, by=request.access):
            return redirect_in_house(
                request, "forum_settings", said=_("Det er gemt. Print overleveringen til den, der tager over.")
            )
    return _settings_page(request, found, last_day_form=form, status=422)


@requires(tied)
@require_safe
def succession(request: HouseRequest) -> HttpResponse:
    """The file for who comes after, to print."""
    found = forum_to_keep(request)
    return render(request, "forum/succession.html", {"forum": found, "file": File.of(found, request.access)})


def _settings_page(
    request: HouseRequest,
    forum: Forum,
    *,
    form: ForumForm | None = None,
    holder_form: HolderForm | None = None,
    last_day_form: LastDayForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    rights = ForumRights.of(request.access, forum, members_of(forum))
    if holder_form is None and rights.coordinates:
        holder_form = HolderForm(forum=forum)
    context = {
        "forum": forum,
        "form": form or ForumForm.of(forum),
        "holder_form": holder_form,
        "last_day_form": last_day_form or LastDayForm(initial={"until": forum.holder_until}, auto_id="id_last_%s"),
        "rights": rights,
        "refused": refused,
    }
    return render(request, "forum/settings.html", context, status=status)
