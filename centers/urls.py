from django.urls import path

from centers import views

urlpatterns = [
    path("", views.houses, name="houses"),
    path("<slug:hus>/", views.front, name="front"),
]
