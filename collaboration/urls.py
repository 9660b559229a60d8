from django.urls import path

from collaboration.views import collaboration

urlpatterns = [
    path("<slug:hus>/samarbejde/", collaboration.collaborations, name="collaborations"),
    path("<slug:hus>/samarbejde/<int:pk>/", collaboration.collaboration, name="collaboration"),
]
