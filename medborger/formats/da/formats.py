"""Danish dates and times as people write them: 24.11.2026, kl. 18.00."""

DATE_FORMAT = "j. F Y"
TIME_SEPARATOR = "."
TIME_FORMAT = "G.i"
SHORT_DAY_FORMAT = "D j. b"
SHORT_DAY_YEAR_FORMAT = "D j. b Y"
DAY_FORMAT = "j."
MONTH_DAY_FORMAT = "j. F"
DATETIME_FORMAT = "j. F Y \\k\\l. G.i"
SHORT_DATE_FORMAT = "d.m.Y"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y"]
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "%H"]
FIRST_DAY_OF_WEEK = 1
