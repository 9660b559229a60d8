from django.urls import path

from bookings.views import calendar

urlpatterns = [
    path("<slug:hus>/kalender/", calendar.calendar, name="calendar"),
    path("<slug:hus>/kalender/aendringer/", calendar.changes, name="calendar_changes"),
]
