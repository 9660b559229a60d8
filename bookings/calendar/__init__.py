"""The calendar: rooms side by side over a day, or a week of them, as one viewer may see it.

`choice` is what the address asks for, `columns` and `reading` fetch, `free` is the arithmetic of `hold()` turned into links, and `day`
and `week` put it together. What repeats hundreds of times on a page is written as strings in `markup`: through the template engine
300 bookings cost 95 ms, so some 8.
"""
