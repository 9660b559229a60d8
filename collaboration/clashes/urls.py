from django.urls import path

from collaboration.clashes.neighbours import views as neighbours
from collaboration.clashes.views import clash, clashes

urlpatterns = [
    path("<slug:hus>/sammenfald/", clashes.clashes, name="clashes"),
    path("<slug:hus>/sammenfald/<int:pk>/", clash.clash, name="clash"),
    path("<slug:hus>/sammenfald/<int:pk>/spoerg/", clash.ask, name="clash_ask"),
    path("<slug:hus>/sammenfald/<int:pk>/ja/", clash.accept, name="clash_accept"),
    path("<slug:hus>/sammenfald/<int:pk>/nej/", clash.decline, name="clash_decline"),
    path("<slug:hus>/sammenfald/<int:pk>/lad-staa/", clash.leave, name="clash_leave"),
    path("<slug:hus>/sammenfald/<int:pk>/igen/", clash.reopen, name="clash_reopen"),
    path("<slug:hus>/naboer/", neighbours.neighbours, name="neighbours"),
    path("<slug:hus>/naboer/<int:pk>/", neighbours.change, name="neighbour_change"),
    path("<slug:hus>/naboer/<int:pk>/slut/", neighbours.end, name="neighbour_end"),
]
