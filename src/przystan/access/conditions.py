"""Conditions of who may see what that never change but for their values: their SQL is written down.

Django would build and compile the same subqueries anew for each statement of each page, which took more time than
PostgreSQL took to answer.
"""

from typing import Any, ClassVar

from django.db.models import BooleanField, Func


class Condition(Func):
    """Whether something is so of the row of a column. `sql`: {} is the column, %s one of the values."""

    sql: ClassVar[str]
    output_field = BooleanField()

    def __init__(self, column: Any, *values: Any) -> None:
        super().__init__(column)
        self.values = values

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        column, params = compiler.compile(self.source_expressions[0])
        return self.sql.format(column), [*params, *self.values]
