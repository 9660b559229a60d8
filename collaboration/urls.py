from django.urls import path

from collaboration.introductions import views as ties
from collaboration.views import collaboration, log, writing

urlpatterns = [
    path("<slug:hus>/samarbejde/", log.collaborations, name="collaborations"),
    path("<slug:hus>/samarbejde/log.csv", log.log_csv, name="collaborations_csv"),
    path("<slug:hus>/samarbejde/form/", log.choose_form, name="collaboration_chooser"),
    path("<slug:hus>/samarbejde/nyt/", writing.new, name="collaboration_new"),
    path("<slug:hus>/samarbejde/<int:pk>/", collaboration.collaboration, name="collaboration"),
    path("<slug:hus>/samarbejde/<int:pk>/ret/", writing.change, name="collaboration_change"),
    path("<slug:hus>/samarbejde/<int:pk>/form/", writing.change_form, name="collaboration_form"),
    path("<slug:hus>/samarbejde/<int:pk>/bekraeft/", collaboration.confirm, name="collaboration_confirm"),
    path("<slug:hus>/samarbejde/<int:pk>/afvis/", collaboration.dismiss, name="collaboration_dismiss"),
    path("<slug:hus>/samarbejde/<int:pk>/slut/", writing.end, name="collaboration_end"),
    path("<slug:hus>/samarbejde/<int:pk>/genoptag/", collaboration.reopen, name="collaboration_reopen"),
    path("<slug:hus>/samarbejde/<int:pk>/traed-ud/", collaboration.leave, name="collaboration_leave"),
    path("<slug:hus>/samarbejde/forbindelser/<int:pk>/", ties.tie, name="tie"),
    path("<slug:hus>/samarbejde/forbindelser/<int:pk>/ikke-nu/", ties.not_now, name="tie_not_now"),
]
