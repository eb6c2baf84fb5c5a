"""The forms on a page, filled like a browser would: what is chosen stays, what is text is ours to write."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.urls import resolve

TYPED = ("text", "search", "email", "tel", "url", "password", "")


@dataclass
class Form:
    """Where it posts to, what it sends untouched, and its text fields with what stands in them."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)  # names of all its fields, boxes without a tick too
    files: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return resolve(self.action.split("?")[0]).view_name

    @property
    def kind(self) -> str:
        """Facts of several kinds have one address."""
        return str(resolve(self.action.split("?")[0]).kwargs.get("kind", ""))

    @property
    def plain(self) -> dict[str, str]:
        """What somebody posts who types only what must be typed."""
        return {**self.values, **self.texts}


class Reader(HTMLParser):
    """Collects the forms that post."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.forms = path, list[Form]()
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and values.get("method", "").lower() == "post":
            self.form = Form(values.get("action") or self.path)
            self.forms.append(self.form)
        elif self.form and tag == "option" and self.select:
            self.option(values)
        elif self.form and values.get("name"):
            self.take(self.form, tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = ""

    def option(self, values: dict[str, str]) -> None:
        assert self.form
        if "selected" in values or not self.form.values[self.select]:
            self.form.values[self.select] = values.get("value", "")

    def take(self, form: Form, tag: str, values: dict[str, str]) -> None:
        name, kind = values["name"], values.get("type", "").lower()
        form.shown.add(name)
        if tag == "select":
            self.select, form.values[name] = name, ""
        elif tag == "textarea" or (tag == "input" and kind in TYPED):
            form.texts[name] = values.get("value") or ("plain" if "required" in values else "")
        elif kind == "radio":
            if "checked" in values or not form.values.get(name):
                form.values[name] = values.get("value", "")
        elif kind == "checkbox":
            if "checked" in values:
                form.values[name] = values.get("value", "on")
        elif kind == "file":
            form.files.add(name)
        elif name not in ("csrfmiddlewaretoken", "find"):  # "find" looks up, and saves nothing
            form.values.setdefault(name, values.get("value") or ("2026-06-01" if "required" in values else ""))


def forms_on(path: str, html: str) -> list[Form]:
    reader = Reader(path)
    reader.feed(html)
    return reader.forms


class Shown(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements, self.text = set[tuple[str, str]](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, ""))
        for name, value in attrs:
            runs = (value or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))
            self.elements.add((tag, f"{name}={value}" if runs else name))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _shown(html: str) -> Shown:
    reader = Shown()
    reader.feed(html)
    reader.close()
    return reader


def elements_of(html: str) -> set[tuple[str, str]]:
    """(tag, attribute); with its value where that could run."""
    return _shown(html).elements


def text_of(html: str) -> str:
    """All words, one space between them."""
    return " ".join(" ".join(_shown(html).text).split())
