"""Logs tell what happened, never with whose data."""

import json
import logging

import pytest
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from przystan.project import logs


def line_of(error: BaseException) -> dict[str, str]:
    """The log line of an exception."""
    made = logs.lines(json=True)
    trace = (type(error), error, error.__traceback__)
    record = logging.getLogger("przystan").makeRecord("x", logging.ERROR, __file__, 1, "failed", (), trace)
    return dict(json.loads(made.format(record)))


def test_local_variables_stay_out() -> None:
    client = "Ok" + "sana"
    try:
        raise ValueError("no names here" if client else "")
    except ValueError as error:
        line = line_of(error)
    assert line["event"] == "failed"
    assert "ValueError: no names here" in line["exception"]
    assert "Oksana" not in str(line)


@pytest.mark.django_db
def test_values_of_a_refused_row_stay_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE clients (name text CONSTRAINT one_name UNIQUE)")
        cursor.execute("INSERT INTO clients VALUES ('Ok' || 'sana')")
        try:
            cursor.execute("INSERT INTO clients VALUES ('Ok' || 'sana')")
        except IntegrityError as error:
            line = line_of(error)
    assert "23505 one_name" in line["exception"]
    assert "Oksana" not in str(line)


def test_a_request_is_logged_without_its_query(caplog: pytest.LogCaptureFixture) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with caplog.at_level(logging.INFO, logger="przystan.requests"):
        logs.RequestLog(view)(RequestFactory().get("/people/", {"q": "Oksana"}))
    assert "GET /- 200" in caplog.text
    assert "Oksana" not in caplog.text
