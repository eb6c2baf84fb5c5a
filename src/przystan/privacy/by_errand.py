"""Copies of somebody's data: closing one with a passphrase takes seconds and a gigabyte, by design of age."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from przystan.access.actors import Actor
from przystan.access.modules import subjects
from przystan.errands.runners import Result, Runner, Tell, Values

from . import actions, exports
from .models.packs import PERSON

CLOSING = 0.5  # seconds at least, on any machine


def rights_of(model: str, ref: str) -> str:
    """The path to the page of somebody's rights."""
    return reverse("privacy:person", args=[ref]) if model == PERSON else reverse("privacy:subject", args=[model, ref])


def _copy(by: Actor, asked: Values, tell: Tell) -> Result:
    subject, language = subjects()[asked["model"]], asked["language"]
    about: dict[str, Any] = {"by": by, "subject": subject, "row": subject.seen(by, asked["ref"]), "language": language}
    content = exports.packed(actions.gather(**about), language, asked["words"], subject.preface)
    return Result.of({"pack": actions.keep_pack(**about, content=content).ref})


def _page(asked: Values, *_errand: str) -> str:
    return rights_of(asked["model"], asked["ref"])


COPY = Runner(
    code="privacy.copy",
    title=_("Copy of their data"),
    rights=(),  # who may ask is decided of each person, by the actions
    run=_copy,
    back=_page,
    page=_page,
    least=CLOSING,
    secrets=frozenset({"words"}),
)
