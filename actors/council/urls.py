from django.urls import path

from actors.council.views import council, seats

urlpatterns = [
    path("<slug:hus>/husraad/", council.council, name="council"),
    path("<slug:hus>/husraad/opret/", council.found, name="council_found"),
    path("<slug:hus>/husraad/pladser/", seats.seats, name="council_seats"),
    path("<slug:hus>/husraad/pladser/ny/", seats.give, name="council_seat_give"),
    path("<slug:hus>/husraad/pladser/<int:pk>/", seats.seat, name="council_seat"),
    path("<slug:hus>/husraad/pladser/<int:pk>/slut/", seats.end, name="council_seat_end"),
    path("<slug:hus>/husraad/pladser/<int:pk>/formand/", seats.choose_chair, name="council_chair"),
    path("<slug:hus>/husraad/pladser/<int:pk>/folk/", seats.name_holder, name="council_name_holder"),
    path("<slug:hus>/husraad/pladser/<int:pk>/folk/<int:holder>/slut/", seats.end_holder, name="council_end_holder"),
    path("<slug:hus>/husraad/forretningsorden/", council.standing_orders, name="council_orders"),
    path("<slug:hus>/husraad/forretningsorden/<int:version>/", council.standing_orders, name="council_orders_version"),
]
