"""What was done is said with a button that undoes it: one way for every act that has an opposite.

The button posts to the address of the opposite act, which asks for its rights itself. It stands in the message, and so
goes with it; the page itself offers the opposite act as well.
"""

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

MARK = "undo="  # with what an `extra_tags` of ours begins


def done(request: HttpRequest, words: str | Promise, back: str, /, **values: str) -> None:
    """Say that it is done. `back`: path that is posted to take it back, with these values."""
    messages.success(request, str(words), extra_tags=MARK + urlencode({"": back} | values))


def undoing(tags: str | None) -> dict[str, object] | None:
    """Path and values of the button that a message brings; None where it brings none."""
    if not tags or not tags.startswith(MARK):
        return None
    (_, path), *values = parse_qsl(tags.removeprefix(MARK), keep_blank_values=True)
    return {"path": path, "values": values}
