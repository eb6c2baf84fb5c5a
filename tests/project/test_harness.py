"""The hostile environment is hostile."""

import socket
import subprocess
import sys

import pytest
from django.template import Context, Template
from pytest_socket import SocketConnectBlockedError
from tests.harness import ports
from tests.harness.markup import faults
from tests.harness.templates import Undefined


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">',
        '<button onclick="x()">',
        "<style>p{}</style>",
        '<form method="post"></form>',
        "<c-pill>",
        """<input type="hidden" name="version" value="['2']">""",
    ],
)
def test_bad_markup_is_found(html: str) -> None:
    assert len(faults(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/x.js"></script>',
        '<script type="application/json">{}</script>',
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>',
        "<form><input name=q></form>",
    ],
)
def test_good_markup_passes(html: str) -> None:
    assert faults(html) == []


def test_the_network_is_closed() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_reserved_port_is_nobody_elses_before_anybody_listens() -> None:
    mine = {ports.reserved(), ports.reserved()}
    ask = [sys.executable, "-c", "from tests.harness import ports; print(ports.reserved())"]
    theirs = int(subprocess.run(ask, check=True, capture_output=True, text=True).stdout)
    assert len(mine) == 2
    assert theirs not in mine


def test_undefined_variables_of_foreign_templates_stay_silent() -> None:
    assert Template("{{ nothing }}").render(Context()) == ""


def test_undefined_has_the_shape_django_expects() -> None:
    assert Undefined()
    assert "%s" in Undefined()


@pytest.mark.django_db
def test_there_is_a_database() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int")
        name, version = cursor.fetchone()
    assert name.startswith("test_run_")
    assert version >= 150000
