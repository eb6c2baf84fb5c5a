"""What an import would do, or did, in sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def would_do(kind: str, counts: Mapping[str, int], *, done: bool = False) -> list[str]:
    """The dry run in sentences, or what an import did; only those with something to say."""
    new, same, skipped, bad, asking = (counts.get(name, 0) for name in ("new", "same", "skip", "bad", "open"))
    families = 0 if done else counts.get("families", 0)
    if done:  # what nobody answered was not imported, like what cannot be
        bad, asking = bad + asking, 0
    said = [
        (new, _new(kind, new, done)),
        (same, _same(kind, same)),
        (families, ngettext("The rows tell of %(count)d family.", "The rows tell of %(count)d families.", families)),
        (skipped, ngettext("%(count)d row is left out.", "%(count)d rows are left out.", skipped)),
        (asking, ngettext("In %(count)d row you say who it is.", "In %(count)d rows you say who it is.", asking)),
        (bad, ngettext("%(count)d row cannot be imported.", "%(count)d rows cannot be imported.", bad)),
    ]
    return [sentence % {"count": count} for count, sentence in said if count] or [_("Nothing would change.")]


def _same(kind: str, count: int) -> str:
    if kind == "institutions":
        return ngettext(
            "%(count)d row is about an institution in the register.",
            "%(count)d rows are about institutions in the register.",
            count,
        )
    return ngettext("%(count)d row is about somebody we know.", "%(count)d rows are about people we know.", count)


def _new(kind: str, count: int, done: bool) -> str:
    if kind in ("supports", "attendance"):
        return ngettext("%(count)d row is an anonymous contact.", "%(count)d rows are anonymous contacts.", count)
    if done and kind == "institutions":
        return ngettext("%(count)d institution was added.", "%(count)d institutions were added.", count)
    if done:
        return ngettext("%(count)d person was registered.", "%(count)d people were registered.", count)
    return ngettext("%(count)d row will be new.", "%(count)d rows will be new.", count)
