from django.urls import path

from actors.meetings import views
from actors.meetings.action_points import views as points
from actors.meetings.agenda import views as agenda
from actors.meetings.convening import views as frame
from actors.meetings.minutes import views as minutes

urlpatterns = [
    path("<slug:hus>/moeder/<int:pk>/", views.meeting, name="meeting"),
    path("<slug:hus>/moeder/<int:pk>/svar/", views.answer, name="meeting_answer"),
    path("<slug:hus>/moeder/<int:pk>/moede.ics", views.calendar_entry, name="meeting_ics"),
    path("<slug:hus>/moeder/<int:pk>/ret/", frame.change, name="meeting_change"),
    path("<slug:hus>/moeder/<int:pk>/indkald/", frame.convene, name="meeting_convene"),
    path("<slug:hus>/moeder/<int:pk>/besked/", frame.tell, name="meeting_tell"),
    path("<slug:hus>/moeder/<int:pk>/aflys/", frame.cancel, name="meeting_cancel"),
    path("<slug:hus>/moeder/<int:pk>/dagsorden/", agenda.agenda, name="meeting_agenda"),
    path("<slug:hus>/moeder/<int:pk>/dagsorden/emne/", agenda.take_up, name="meeting_take_up"),
    path("<slug:hus>/moeder/<int:pk>/dagsorden/<int:item>/", agenda.item, name="agenda_item"),
    path("<slug:hus>/moeder/<int:pk>/dagsorden/<int:item>/flyt/", agenda.move, name="agenda_item_move"),
    path("<slug:hus>/moeder/<int:pk>/dagsorden/<int:item>/fjern/", agenda.remove, name="agenda_item_remove"),
    path("<slug:hus>/moeder/<int:pk>/referat/", minutes.minutes, name="meeting_minutes"),
    path("<slug:hus>/moeder/<int:pk>/referat/<int:item>/", minutes.item_minutes, name="agenda_item_minutes"),
    path("<slug:hus>/moeder/<int:pk>/referat/<int:item>/opgave/", points.new, name="action_point_new"),
    path("<slug:hus>/moeder/<int:pk>/fremmoede/", minutes.attendance, name="meeting_attendance"),
    path("<slug:hus>/moeder/<int:pk>/godkend/", minutes.approve, name="meeting_approve"),
    path("<slug:hus>/moeder/<int:pk>/send/", minutes.send, name="meeting_send"),
    path("<slug:hus>/opgaver/", points.action_points, name="action_points"),
    path("<slug:hus>/opgaver/<int:pk>/", points.action_point, name="action_point"),
    path("<slug:hus>/opgaver/<int:pk>/loest/", points.close, name="action_point_close"),
    path("<slug:hus>/opgaver/<int:pk>/fortryd/", points.reopen, name="action_point_reopen"),
    path("<slug:hus>/opgaver/<int:pk>/slet/", points.remove, name="action_point_remove"),
    path("<slug:hus>/moeder/<slug:kreds>/", views.meetings, name="meetings"),
    path("<slug:hus>/moeder/<slug:kreds>/nyt/", frame.new, name="meeting_new"),
]
