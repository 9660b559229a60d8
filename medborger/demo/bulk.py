"""Rows by the hundred thousand: COPY in PostgreSQL's text format, with ids reserved beforehand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import connection, models
from psycopg import sql

CHUNK = 5_000  # rows between two looks at the progress

Tick = Callable[[int], None]


def reserve_ids(model: type[models.Model], number: int) -> Iterator[int]:
    """So many new ids of the model, from its own sequence: whatever is inserted later gets higher ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return iter([row[0] for row in cursor.fetchall()])


def copy(model: type[models.Model], varying: Sequence[str], rows: Iterable[str], *, tick: Tick, **same: Any) -> None:
    """COPY `rows` into the model's table.

    Each row is the text of the `varying` columns, apart by tabs. All other columns are those of `model(**same)`: a field that is
    added to the model later comes along with its default.
    """
    example = model(**same)
    rest = [field for field in model._meta.concrete_fields if field.column not in (*varying, "id")]
    columns = [*varying, *(field.column for field in rest if field.column is not None)]
    ending = "".join(f"\t{text(getattr(example, field.attname))}" for field in rest) + "\n"
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    lines = iter(rows)
    with connection.cursor() as cursor, cursor.copy(command) as table:
        while chunk := list(islice(lines, CHUNK)):
            table.write(ending.join(chunk) + ending)
            tick(len(chunk))


def text(value: Any) -> str:
    """A value as COPY reads it; nothing that is written here holds tabs, line breaks or backslashes."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


class Progress:
    """A bar that moves: one line on a terminal, a line every tenth elsewhere."""

    def __init__(self, total: int, write: Callable[[str], Any], *, terminal: bool) -> None:
        self._total, self._done, self._shown = total, 0, 0
        self._write, self._terminal = write, terminal

    def __call__(self, rows: int) -> None:
        self._done += rows
        percent = self._done * 100 // self._total
        step = 1 if self._terminal else 10
        if percent // step == self._shown:
            return
        self._shown = percent // step
        bar = "█" * (percent // 4)
        self._write(f"\r  {bar:<25} {percent:3d} %" if self._terminal else f"  {percent:3d} %\n")
        if self._terminal and self._done >= self._total:
            self._write("\n")
