from django.urls import path

from collaboration.clashes.views import clashes

urlpatterns = [
    path("<slug:hus>/sammenfald/<int:pk>/", clashes.clash, name="clash"),
]
