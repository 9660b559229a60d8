"""Pages that belong to no house."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medborger.common.catalogue import samples
from medborger.common.permissions import public
from medborger.common.privacy import by_chapter


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in its states; only where an installation runs on the machine of those who build it."""
    if not settings.EMBEDDED:
        raise Http404
    return render(request, "common/catalogue.html", samples())


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (webtilgængelighedsloven §4)."""
    return render(request, "common/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, made from the very tables that delete it."""
    return render(request, "common/privacy.html", {"chapters": by_chapter()})
