"""The demo's mailbox: what it would have sent, for everyone who tries it out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from medborger.common.installation import is_demo
from medborger.common.models import Message
from medborger.common.pagination import page
from medborger.common.permissions import public

OF_A_LETTER = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


@public
@never_cache
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """The newest mails and SMS, of one recipient with `til`. 404 unless the setting and the database's mark agree."""
    if not is_demo():
        raise Http404
    wanted = request.GET.get("til", "").strip()[:200].replace("\0", "")
    found = Message.objects.filter(recipient__icontains=wanted) if wanted else Message.objects.all()
    context = {"page": page(found, request.GET, field="created_at", newest_first=True), "wanted": wanted}
    return render(request, "demo/post.html", context)


@public
@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail that comes dressed, as a mail program shows it: its styles stand in it, and nothing is fetched or run.

    404 for a mail of plain text, and where there is no demo.
    """
    if not is_demo():
        raise Http404
    shown = get_object_or_404(Message.objects.exclude(html=""), pk=pk)
    return HttpResponse(shown.html, headers={"Content-Security-Policy": OF_A_LETTER})
