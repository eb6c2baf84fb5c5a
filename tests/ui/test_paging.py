"""Pages of lists, and answers to htmx."""

from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from przystan.ui import htmx
from przystan.ui.paging import order_fields, paginate

SORTS = {"name": ("sort_key", "id"), "since": ("-since", "id")}


@given(st.integers(0, 200), st.integers(1, 30), st.text(max_size=5) | st.integers(-3, 50).map(str))
def test_every_page_is_a_piece_of_the_list(total: int, size: int, wanted: str) -> None:
    request = RequestFactory().get("/", {"page": wanted})
    rows = list(range(total))
    page = paginate(request, rows, size=size)
    assert page.items == rows[page.first - 1 : page.last] if page.items else total == 0
    assert page.total == total
    assert page.has_next == (page.last < total)


def test_uncounted() -> None:
    page = paginate(RequestFactory().get("/?page=2"), list(range(25)), size=10, counted=False)
    assert (page.items, page.total, page.has_next) == (list(range(10, 20)), None, True)


def test_sort_keys() -> None:
    assert order_fields("name", SORTS) == ["sort_key", "id"]
    assert order_fields("-since", SORTS) == ["since", "-id"]


def test_nonsense_sort_is_the_default() -> None:
    for wanted in ("password", "--name", "-", ""):
        page = paginate(RequestFactory().get("/", {"sort": wanted}), [], sorts=SORTS, default="name")
        assert page.sort == "name"
    assert paginate(RequestFactory().get("/?sort=-name"), [], sorts=SORTS, default="name").sort == "-name"


def test_only_pieces_are_fragments() -> None:
    factory = RequestFactory()
    assert htmx.is_fragment(factory.get("/", headers={"HX-Request": "true"}))
    assert not htmx.is_fragment(factory.get("/"))
    assert not htmx.is_fragment(factory.get("/", headers={"HX-Request": "true", "HX-Boosted": "true"}))


def test_toast_and_redirect() -> None:
    assert '"text": "Zapisano"' in htmx.toast(HttpResponse(), "Zapisano")["HX-Trigger"]
    asking = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert htmx.redirect(asking, "/people/")["HX-Redirect"] == "/people/"
    assert htmx.redirect(RequestFactory().get("/"), "/people/").status_code == 302
