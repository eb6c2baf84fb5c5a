"""GET cannot write."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from przystan.access.models import User
from przystan.access.readonly import ReadOnlyMiddleware, WriteOnRead

pytestmark = pytest.mark.django_db


def answer(method: str, work: Callable[[], object]) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        work()
        return HttpResponse()

    return ReadOnlyMiddleware(view)(RequestFactory().generic(method, "/"))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize(
    "work",
    [
        lambda: User.objects.create(username="x", full_name="X"),
        lambda: User.objects.update(full_name="Y"),
        lambda: User.objects.filter(pk__gte=0)._raw_delete("default"),
    ],
)
def test_a_read_cannot_write(method: str, work: Callable[[], object]) -> None:
    with pytest.raises(WriteOnRead):
        answer(method, work)


def test_a_read_reads_and_a_post_writes() -> None:
    assert answer("GET", User.objects.count).status_code == 200
    assert answer("POST", lambda: User.objects.create(username="x", full_name="X")).status_code == 200
    assert User.objects.count() == 1


def test_a_read_may_keep_the_session() -> None:
    def touch() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session")

    assert answer("GET", touch).status_code == 200
