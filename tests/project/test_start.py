"""A start does nothing that was done before, and loads nothing that nobody has asked for yet."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from przystan.project import shipping
from przystan.reference.models import Place

# Each took a hundredth of the start and more, or is none of the product's. Loaded by who writes a workbook, shows a QR
# code, reads a spreadsheet (which no web process ever does).
HEAVY = {
    "xlsxwriter",
    "openpyxl",
    "qrcode",
    "PIL",
    "hypothesis",
    "pytest",
    "_pytest",
    "playwright",
    "tests",
    "cProfile",
}
SERVES = "import przystan.project.asgi, sys; print(*sys.modules)"


def test_a_web_process_loads_only_what_its_pages_need() -> None:
    """As the web server starts it: every address, view and template of ours is read before the first page."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "przystan.project.settings", "PRZYSTAN_DEMO": "1"}
    run = subprocess.run([sys.executable, "-c", SERVES], env=environment, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert {"przystan", "django"} <= loaded
    assert HEAVY & loaded == set(), "import it in the function that needs it"


@pytest.fixture
def nothing_shipped(db: None, as_the_owner: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{shipping.WRITE}NULL")


@pytest.mark.usefixtures("nothing_shipped")
def test_what_is_shipped_is_loaded_once(django_assert_num_queries: Any) -> None:
    shipping.load_if_changed()
    assert Place.objects.exists()
    with django_assert_num_queries(1):
        shipping.load_if_changed()


@pytest.mark.usefixtures("nothing_shipped")
def test_other_files_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    shipping.load_if_changed()
    Place.objects.update(name="as it was shipped before")
    monkeypatch.setattr(shipping, "mark", lambda: "shipped another")
    shipping.load_if_changed()
    assert not Place.objects.filter(name="as it was shipped before").exists()


@pytest.mark.usefixtures("nothing_shipped")
def test_what_failed_half_way_is_loaded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipping, "load", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shipping.load_if_changed()
    assert shipping.loaded() == ""


def test_a_mark_follows_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipping, "PACKAGE", tmp_path)
    file = tmp_path / "reference" / "data" / "places.toml"
    file.parent.mkdir(parents=True)
    marks = []
    for text in ("a", "b", "a"):
        file.write_text(text)
        marks.append(shipping.mark())
    assert marks[0] == marks[2] != marks[1]
