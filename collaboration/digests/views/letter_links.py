"""What works from a letter without a log-in: a signed page with one button. Opening it changes nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from actors.access import Access
from actors.models import User
from centers.models import Center
from collaboration.digests import actions, digest_view
from collaboration.digests.enums import Act
from collaboration.digests.frozen_content import DigestEntry
from collaboration.digests.models import Snooze, Subscription
from collaboration.digests.tokens import ActToken, Expired, Forged, UnsubscribeToken
from collaboration.forum.models import ProposedItem
from medborger.common import clock
from medborger.common.limits import limited
from medborger.common.permissions import public
from medborger.common.refusals import form_page, refused_on


@public
@never_cache
@limited("digest links", "60/m")
@form_page
def act(request: HttpRequest, token: str) -> HttpResponse:
    """Put a line off, or put it on the forum's agenda, as the reader whom the letter went to, by what they are now."""
    try:
        asked = ActToken.read(token)
    except Forged:
        return _over(request, _("Der mangler noget af linket. Kopiér hele linket fra mailen, eller log ind."), 404)
    except Expired:
        return _over(request, _("Linket er for gammelt. Log ind for at se, hvad der venter nu."), 410)
    user, center = _reader(asked.user_id), Center.objects.open_to_visitors().filter(pk=asked.center_id).first()
    if user is None or center is None:
        return _over(request, _("Linket virker ikke længere."), 410)
    with translation.override(user.language):
        return _act(request, asked, center, Access.of(user))


def _entry(asked: ActToken, center: Center, access: Access) -> DigestEntry | None:
    """The line that the link is about, while it is kept and takes what the link asks for."""
    found = digest_view.find(center, access, asked.monday, translation.get_language())
    entry = found.entry(asked.key) if found else None
    return None if entry is None or (asked.act == Act.FORUM and not entry.for_forum) else entry


def _act_page(
    request: HttpRequest, asked: ActToken, center: Center, access: Access, *, refused: str = "", status: int = 200
) -> HttpResponse:
    entry = _entry(asked, center, access)
    if entry is None:
        return _over(request, _("Linket virker ikke længere."), 410)
    done = IS_DONE[asked.act](center, entry, access)
    context = {"act": asked.act, "entry": entry, "house": center, "done": done, "refused": refused}
    return render(request, "digests/act.html", context, status=status)


@refused_on(_act_page)
def _act(request: HttpRequest, asked: ActToken, center: Center, access: Access) -> HttpResponse:
    entry = _entry(asked, center, access)
    if request.method != "POST" or entry is None:
        return _act_page(request, asked, center, access)
    DO[asked.act](center=center, entry=entry, by=access)
    return redirect(request.path)


def _is_put_off(center: Center, entry: DigestEntry, access: Access) -> bool:
    in_force = Snooze.objects.in_force(clock.now())
    return in_force.filter(center=center, user=access.user.pk, key=entry.key).exists()


def _is_on_forum(center: Center, entry: DigestEntry, access: Access) -> bool:
    seen = ProposedItem.objects.visible_to(access, center)
    return seen.waiting().filter(about=entry.link).exists()


DO: dict[Act, Callable[..., object]] = {Act.SNOOZE: actions.snooze, Act.FORUM: actions.put_on_forum}
IS_DONE = {Act.SNOOZE: _is_put_off, Act.FORUM: _is_on_forum}


def _reader(user_id: int) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True, erased_at=None).first()


def _over(request: HttpRequest, text: str, status: int) -> HttpResponse:
    return render(request, "digests/link_over.html", {"text": text}, status=status)


@csrf_exempt  # mail programs post here themselves (RFC 8058); the token says who it is
@public
@never_cache
@limited("digest links", "60/m")
@form_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End one's digest from a house; done already, it is done."""
    by_program = request.POST.get("List-Unsubscribe") == "One-Click"
    try:
        asked = UnsubscribeToken.read(token)
    except Forged:
        return _over(request, _("Der mangler noget af linket. Kopiér hele linket fra mailen, eller log ind."), 404)
    user, center = _reader(asked.user_id), Center.objects.filter(pk=asked.center_id).first()
    if user is None or center is None:
        return _over(request, _("Linket virker ikke længere. Du får ikke flere breve."), 410)
    if request.method == "POST":
        actions.unsubscribe(center=center, user=user)
    if by_program:
        return HttpResponse("OK", content_type="text/plain")
    gets_it = Subscription.objects.going_on().filter(center=center, user=user).exists()
    with translation.override(user.language):
        return render(request, "digests/unsubscribe.html", {"house": center, "gets_it": gets_it})
