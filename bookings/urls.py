from django.urls import path

from bookings.views import booking, calendar, change, closure_pages, free, new_booking

urlpatterns = [
    path("<slug:hus>/kalender/", calendar.calendar, name="calendar"),
    path("<slug:hus>/kalender/aendringer/", calendar.changes, name="calendar_changes"),
    path("<slug:hus>/book/", new_booking.book, name="book"),
    path("<slug:hus>/book/hint/", new_booking.hint, name="book_hint"),
    path("<slug:hus>/ledige/", free.free, name="free"),
    path("<slug:hus>/bookinger/", booking.bookings, name="bookings"),
    path("<slug:hus>/bookinger/<int:pk>/", booking.booking, name="booking"),
    path("<slug:hus>/bookinger/<int:pk>/booking.ics", booking.calendar_entry, name="booking_ics"),
    path("<slug:hus>/bookinger/<int:pk>/flyt/", change.move, name="booking_move"),
    path("<slug:hus>/bookinger/<int:pk>/aflys/", change.cancel, name="booking_cancel"),
    path("<slug:hus>/bookinger/<int:pk>/fortryd/", change.undo, name="booking_undo"),
    path("<slug:hus>/bookinger/<int:pk>/forlad/", change.leave, name="booking_leave"),
    path("<slug:hus>/bookinger/<int:pk>/grund/", change.reason, name="booking_reason"),
    path("<slug:hus>/lukninger/", closure_pages.closures, name="closures"),
    path("<slug:hus>/lukninger/<int:pk>/aabn/", closure_pages.reopen, name="closure_reopen"),
]
