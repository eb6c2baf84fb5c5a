"""All our CSS in one file and all our scripts in one, joined and compressed when the process starts. No build step.

The name carries a digest, so a browser may keep it for ever and an old page never meets new styles.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import brotli
from django.conf import settings
from django.templatetags.static import static
from rjsmin import jsmin

STATIC = Path(__file__).parent / "static" / "ui"
PACKAGE = Path(__file__).parents[1]
# The order of the layers is said in tokens.css; inside a layer files are independent of their order.
CSS_FIRST = ("tokens.css", "fonts.css", "reset.css", "base.css", "layout.css", "frame.css")
CSS_LAST = ("utilities.css", "print.css")
TYPES = {"app.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Bundle:
    """A joined file in the three forms that browsers ask for."""

    digest: str
    plain: bytes
    gzip: bytes
    brotli: bytes


def bundle(name: str) -> Bundle:
    """The bundle `app.css` or `app.js`; KeyError for other names. Read anew at every call while developing."""
    return _build(name) if settings.DEBUG else _kept(name)


@lru_cache
def _kept(name: str) -> Bundle:
    return _build(name)


def _build(name: str) -> Bundle:
    text = {"app.css": css, "app.js": script}[name]()
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Bundle(digest, data, gzip.compress(data, 9, mtime=0), brotli.compress(data))


def css() -> str:
    """Every style sheet, ours and then each module's own, without comments; font addresses made absolute."""
    folder = STATIC / "css"
    paths = [folder / name for name in CSS_FIRST]
    paths += sorted((folder / "components").glob("*.css"))
    paths += [path for path in sorted(PACKAGE.glob("*/static/*/css/*.css")) if STATIC not in path.parents]
    paths += [folder / name for name in CSS_LAST]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return _squeeze(text).replace("../fonts/", static("ui/fonts/"))


def _squeeze(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def script() -> str:
    """htmx and our behaviours, without comments and indents. Each file keeps to itself inside a function."""
    htmx = files("django_htmx").joinpath("static/django_htmx/htmx-2.min.js").read_text(encoding="utf-8")
    ours = [jsmin(path.read_text(encoding="utf-8")) for path in sorted((STATIC / "js").glob("*.js"))]
    return ";\n".join([htmx, *(f"(() => {{\n{text}\n}})()" for text in ours)]) + ";\n"
