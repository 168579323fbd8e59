"""Subqueries whose SQL is written once: every page asks what a person may see, in several questions."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.expressions import RawSQL


def prepared(rows: "models.QuerySet[Any, Any]") -> RawSQL:
    """Return the one column of ``rows`` as finished SQL, to stand behind ``__in``.

    Django writes the SQL of a subquery anew for every question that it is part of. What depends on nothing but
    its parameters is kept by its caller instead. It asks the database each time, like any subquery.
    """
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:  # it can have no row, whatever the database holds
        sql, parameters = "SELECT 0 WHERE 1 = 0", ()
    return RawSQL(sql, parameters)
