"""The addresses. What is not a house comes first: `centers.enums.RESERVED_SLUGS` keeps houses off these words."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from medborger import health
from medborger.common import views as common
from medborger.common.permissions import public
from medborger.demo import views as demo

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("konto/", include("actors.login.account_urls")),
    path("sprog/", public(require_POST(set_language)), name="set_language"),
    path("katalog/", common.catalogue, name="catalogue"),
    path("tilgaengelighed/", common.accessibility, name="accessibility"),
    path("privatliv/", common.privacy, name="privacy"),
    path("demo/post/", demo.post, name="demo_post"),
    path("demo/post/<int:pk>/", demo.letter, name="demo_letter"),
    path("", include("actors.urls")),
    path("", include("actors.meetings.urls")),
    path("", include("actors.council.urls")),
    path("", include("bookings.urls")),
    path("", include("collaboration.urls")),
    path("", include("collaboration.forum.urls")),
    path("", include("collaboration.clashes.urls")),
    path("", include("collaboration.digests.urls")),
    path("", include("centers.urls")),
]

handler400 = "medborger.common.error_views.bad_request"
handler403 = "medborger.common.error_views.permission_denied"
handler404 = "medborger.common.error_views.not_found"
handler429 = "medborger.common.error_views.too_many_requests"
handler500 = "medborger.common.error_views.server_error"
