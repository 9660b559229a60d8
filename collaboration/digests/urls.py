from django.urls import path

from collaboration.digests.views import digest_pages, letter_links

urlpatterns = [
    path("mig/overblik/afmeld/<str:token>/", letter_links.unsubscribe, name="digest_unsubscribe"),
    path("mig/overblik/<str:token>/", letter_links.act, name="digest_act"),
    path("<slug:hus>/overblik/", digest_pages.now, name="digest_now"),
    path("<slug:hus>/overblik/valg/", digest_pages.choice, name="digest_choice"),
    path("<slug:hus>/overblik/valg/nej/", digest_pages.stop, name="digest_stop"),
    path("<slug:hus>/overblik/modtagere/", digest_pages.receivers, name="digest_receivers"),
    path("<slug:hus>/overblik/<int:aar>/<int:uge>/", digest_pages.digest, name="digest"),
]
