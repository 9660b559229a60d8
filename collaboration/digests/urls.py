from django.urls import path

from collaboration.digests.views import acts, pages

urlpatterns = [
    path("mig/overblik/afmeld/<str:token>/", acts.unsubscribe, name="digest_unsubscribe"),
    path("mig/overblik/<str:token>/", acts.act, name="digest_act"),
    path("<slug:hus>/overblik/", pages.now, name="digest_now"),
    path("<slug:hus>/overblik/valg/", pages.choice, name="digest_choice"),
    path("<slug:hus>/overblik/valg/nej/", pages.stop, name="digest_stop"),
    path("<slug:hus>/overblik/modtagere/", pages.receivers, name="digest_receivers"),
    path("<slug:hus>/overblik/<int:aar>/<int:uge>/", pages.digest, name="digest"),
]
