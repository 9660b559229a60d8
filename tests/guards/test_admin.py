"""The administration: for whoever runs the installation, read-only wherever an action exists, and no secrets shown."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model
from django.http import HttpRequest
from django.urls import resolve, reverse

from actors.models import User
from bookings.models import Booking, Closure, Occupancy
from centers.models import Room
from collaboration.digests.models import Digest
from medborger.common import privacy
from medborger.common.models import Audit, Installation, Message
from medborger.common.permissions import routes
from medborger.common.privacy import Sensitivity
from tests.guards.world import VISITOR, Browsers, World, unwritten_pages

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
ACTED_ON = ["actors.CenterRole", "actors.Duty", "actors.Invitation", "actors.Membership", "actors.User"]
ACTED_ON += [model._meta.label for model in (Booking, Closure, Occupancy, Audit, Message, Installation)]
ACTED_ON += ["meetings.Meeting", "meetings.AgendaItem", "meetings.Participant", "meetings.ActionPoint"]
ACTED_ON += ["forum.Forum", "forum.ForumMember", "forum.ProposedItem"]
ACTED_ON += ["council.Council", "council.StandingOrders", "council.Seat", "council.SeatHolder"]
ACTED_ON += ["collaboration.Collaboration", "collaboration.Introduction"]
ACTED_ON += ["clashes.Clash"]
ACTED_ON += ["digests.Subscription", "digests.Digest", "digests.Snooze"]
NOT_ADMIN = ("outsider", "member", "staff", "manager")
SITE_WIDE = ["index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n"]


def pages(model: type[Model]) -> dict[str, str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    one = model._default_manager.first()
    assert one is not None, f"the world has no {model._meta.label}"
    return {
        "changelist": reverse(f"{name}_changelist"),
        "add": reverse(f"{name}_add"),
        **{page: reverse(f"{name}_{page}", args=[one.pk]) for page in ("change", "delete", "history")},
    }


def site_wide() -> list[str]:
    labels = {model._meta.app_label for model in REGISTERED}
    return [
        *(reverse(f"admin:{name}") for name in SITE_WIDE),
        *(reverse("admin:app_list", args=[label]) for label in sorted(labels)),
        reverse("admin:view_on_site", args=[1, 1]),
        "/admin/anything/else/",
    ]


def test_every_page_of_the_administration_is_asked(world: World) -> None:
    """The list grows with every model that is registered (docs/security.md, check 2)."""
    asked = [*site_wide(), *(path for model in REGISTERED for path in pages(model).values())]
    theirs = {route.replace("^", "") for route, _pattern in routes() if route.startswith("admin/")}
    # Django keeps an old form of the page for changing, which leads to the new one.
    theirs -= {f"admin/{m._meta.app_label}/{m._meta.model_name}/<path:object_id>/" for m in REGISTERED}
    assert {resolve(path).route for path in asked} == theirs


@pytest.mark.matrix
@pytest.mark.parametrize("model", [None, *REGISTERED], ids=lambda model: model._meta.label if model else "site")
def test_nobody_but_who_runs_the_installation_opens_it(
    world: World, browsers: Browsers, model: type[Model] | None
) -> None:
    """By GET and POST, for every page of every model (docs/security.md, check 2)."""
    paths = site_wide() if model is None else pages(model).values()
    for path in paths:
        for method in ("GET", "POST"):
            visitor = browsers.ask(VISITOR, method, path)
            assert visitor.status_code == 302, path
            assert visitor.headers["Location"].startswith("/konto/log-ind/"), path
            with unwritten_pages():
                found = {role: browsers.ask(role, method, path).status_code for role in NOT_ADMIN}
            assert set(found.values()) == {302 if path == reverse("admin:login") else 403}, (method, path, found)


@pytest.mark.matrix
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_page_of_a_model_opens_for_the_administrator(
    world: World, browsers: Browsers, model: type[Model]
) -> None:
    """Read-only where an action exists (docs/security.md, check 2)."""
    read_only = model._meta.label in ACTED_ON
    found = {page: browsers.ask("admin", "GET", path).status_code for page, path in pages(model).items()}
    assert (found["changelist"], found["change"], found["history"]) == (200, 200, 200)
    assert found["add"] == (403 if read_only else 200)
    if read_only:
        assert found["delete"] == 403
        posted = {page: browsers.ask("admin", "POST", path).status_code for page, path in pages(model).items()}
        assert (posted["add"], posted["change"], posted["delete"]) == (403, 403, 403)


def test_what_has_an_action_is_registered_read_only_or_not_at_all() -> None:
    read_only = {
        model._meta.label for model in REGISTERED if not admin.site._registry[model].has_add_permission(request())
    }
    assert {label for label in ACTED_ON if label in {m._meta.label for m in REGISTERED}} <= read_only
    assert "mfa.Authenticator" not in {model._meta.label for model in REGISTERED}
    assert "sessions.Session" not in {model._meta.label for model in REGISTERED}


def request() -> HttpRequest:
    asked = HttpRequest()
    asked.user = User(is_admin=True)
    return asked


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_the_administration_shows_no_secret(model: type[Model]) -> None:
    """Neither what is declared secret, nor what a letter said, which may hold a code (docs/security.md, check 29)."""
    registered = admin.site._registry[model]
    table = next(table for table in privacy.tables if table.model == model._meta.label)
    hidden = {name for data in table.data if data.kind == Sensitivity.SECRET for name in data.fields}
    hidden |= {"text", "link", "html"} if model is Message else set()
    hidden |= {"content"} if model is Digest else set()
    one = model()
    shown = {
        *flatten_fieldsets(registered.get_fieldsets(request(), one)),
        *map(str, registered.get_list_display(request())),
    }
    assert not hidden & shown


def test_rooms_are_retired_and_not_deleted(world: World, browsers: Browsers) -> None:
    """Nothing that mattered is deleted (docs/architecture.md, "Where truth lives")."""
    assert browsers.ask("admin", "POST", pages(Room)["delete"], {"post": "yes"}).status_code == 403
