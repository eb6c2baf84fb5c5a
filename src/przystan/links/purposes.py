"""What may be done through a link. The module that asks declares its purposes in its `module.py`, under `links`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms

from przystan.access.actors import Actor
from przystan.access.modules import Words, modules
from przystan.access.rights import Right
from przystan.ui.forms import Form

from .models import Link, Made


@dataclass(frozen=True)
class Matter:
    """Of whom or what a link asks, for staff: in words, where it stands ("": no page), a language they read ("")."""

    words: str
    url: str = ""
    language: str = ""


class Button(Form):
    """Nothing to fill in: the button is the answer."""


def _nothing(*, by: Actor, link: Link) -> None:
    pass


@dataclass(frozen=True)
class Purpose:
    """One small thing that somebody without an account may do.

    code: `<module>.<thing>`, as links and the audit log have it.
    right: who may make, renew and revoke such links.
    title, why: for staff: what for, and a sentence on the page where a link is made.
    invitation: one sentence of the message that goes with the link. `thanks`: said after the answer. Both reach a phone
        that others may hold: they name nobody and no matter.
    about: by, ref of what is asked about -> what it is about; None for whoever may not know of it.
    ask: writes the row that asks (by, ref, language), with a key `link` to what `links.actions.make` gave. Where a link
        waits already, `links.actions.renew`. ValidationError in words.
    matters: by, links -> {pk of a link: Matter}, of those that the member of staff may know of. They may manage them.
    content: by, link -> what `template`, a piece of a page, shows; None when nothing is asked any more. `by` is the
        bearer, who reads the row with a key to the link, nothing else (`links.queries.asked`, `links.locks.or_held`).
        Where what is shown may change before it is answered, `shown` in it is a text that stands for it.
    form: what is answered, and `button`, which sends it.
    answer: writes the answer into that row (by, link, language of the page, words: the form's cleaned data, and `shown`
        as the page had it). ValidationError in words.
    silence: what follows when nobody answered in time (by: the system, link).
    days: for how long it can be answered. `reminders`: after how many days somebody is to be reminded.
    second: whether a code is asked that goes another way than the link. `uses`: how often it can be answered.
    """

    code: str
    right: Right
    title: Words
    why: Words
    invitation: Words
    thanks: Words
    about: Callable[[Actor, str], Matter | None]
    ask: Callable[..., Made]
    matters: Callable[[Actor, Iterable[Link]], Mapping[int, Matter]]
    content: Callable[[Actor, Link], Mapping[str, Any] | None]
    template: str
    button: Words
    answer: Callable[..., None]
    form: type[forms.Form] = Button
    silence: Callable[..., None] = _nothing
    days: int = 14
    reminders: tuple[int, ...] = (3, 7)
    second: bool = False
    uses: int = 1


@cache
def declared() -> dict[str, Purpose]:
    """Code -> purpose, of all installed modules."""
    return {purpose.code: purpose for module in modules() for purpose in module.links}


def purpose_of(link: Link) -> Purpose | None:
    """What a link is for; None where the module that asked is gone."""
    return declared().get(link.purpose)
