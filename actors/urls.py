from django.urls import path

from actors.views import invitation, me, people_pages

urlpatterns = [
    path("mig/", me.me, name="me"),
    path("mig/oplysninger/", me.save_profile, name="save_profile"),
    path("mig/vagter/", me.show_on_duty, name="show_on_duty"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("<slug:hus>/mennesker/", people_pages.overview, name="people"),
    path("<slug:hus>/mennesker/inviter/", people_pages.invite_to_house, name="invite_to_house"),
    path("<slug:hus>/mennesker/inviter/<int:actor_id>/", people_pages.invite_to_actor, name="invite_to_actor"),
    path("<slug:hus>/mennesker/<int:user_id>/rolle/", people_pages.grant_role, name="grant_role"),
    path("<slug:hus>/mennesker/roller/<int:pk>/slut/", people_pages.end_role, name="end_role"),
    path("<slug:hus>/mennesker/medlemmer/<int:pk>/slut/", people_pages.end_membership, name="end_membership"),
    path(
        "<slug:hus>/mennesker/invitationer/<int:pk>/slut/", people_pages.withdraw_invitation, name="withdraw_invitation"
    ),
    path("<slug:hus>/vagter/", people_pages.duties, name="duties"),
    path("<slug:hus>/vagter/<int:pk>/slut/", people_pages.end_duty, name="end_duty"),
]
