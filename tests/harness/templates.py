"""A template variable that nobody defined fails the test."""

import sys
from pathlib import Path
from types import FrameType

OURS = str(Path(__file__).resolve().parents[2] / "src" / "przystan")


class Undefined(str):
    """Stands in for `string_if_invalid`. Django formats it with the variable's name; that raises here.

    Templates of other packages (Django's, allauth's) rely on silence, so they keep it.
    """

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        place = origin(sys._getframe(1))
        if place.startswith(OURS):
            raise UndefinedVariable(f"{place.removeprefix(OURS)}: undefined template variable {variable}")
        return ""

    def __bool__(self) -> bool:
        return True


class UndefinedVariable(Exception):
    """Not an AttributeError or the like: templates swallow those."""


def origin(frame: FrameType | None) -> str:
    """File of the template that is being rendered."""
    while frame is not None:
        context = frame.f_locals.get("context")
        rendering = getattr(context, "render_context", None)
        template = getattr(rendering, "template", None) or getattr(context, "template", None)
        if template is not None:
            return str(template.origin.name)
        frame = frame.f_back
    return ""
