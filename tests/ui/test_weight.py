"""The first load stays small: people come with old phones and slow lines."""

import re

import brotli
from django.test import RequestFactory
from django.urls import reverse

from przystan.ui import bundles, views

from .helpers import components_page

KB = 1000
# What a page in Polish or Ukrainian needs besides itself: letters of one script, two weights.
LATIN = ["latin", "latin-central"]


def fonts(names: list[str]) -> int:
    folder = next((bundles.STATIC / "fonts").iterdir())
    return sum((folder / f"noto-sans-{name}-{weight}.woff2").stat().st_size for name in names for weight in (400, 600))


def test_first_load() -> None:
    page = len(brotli.compress(components_page().encode()))
    css, script = (len(bundles.bundle(name).brotli) for name in ("app.css", "app.js"))
    assert page + css + script + fonts(LATIN) <= 120 * KB
    assert script <= 25 * KB


def test_gzip_fits_too() -> None:
    assert len(bundles.bundle("app.js").gzip) <= 25 * KB


def test_every_font_is_there_and_small() -> None:
    css = (bundles.STATIC / "css/fonts.css").read_text()
    paths = re.findall(r'url\("\.\./(.+?)"\)', css)
    assert len(paths) >= 20
    assert all((bundles.STATIC / path).stat().st_size < 50 * KB for path in paths)


def test_bundle_is_kept_for_ever_under_its_own_name_only() -> None:
    made = bundles.bundle("app.css")
    factory = RequestFactory(headers={"accept-encoding": "gzip, br"})
    now = views.asset(factory.get("/"), made.digest, "app.css")
    assert "immutable" in now["Cache-Control"]
    assert now["Content-Encoding"] == "br"
    assert brotli.decompress(now.content) == made.plain
    assert views.asset(factory.get("/"), "old", "app.css")["Cache-Control"] == "no-cache"
    assert reverse("ui:asset", args=[made.digest, "app.css"]).endswith("app.css")


def test_no_other_origin_is_named() -> None:
    ours = [path.read_text() for path in (bundles.STATIC / "js").glob("*.js")]
    assert not [text for text in [bundles.css(), *ours] if re.search(r"https?://", text)]


def test_styles_of_modules_join_in() -> None:
    assert ".payers" in bundles.css()
    assert bundles.css().count("{") == bundles.css().count("}")
