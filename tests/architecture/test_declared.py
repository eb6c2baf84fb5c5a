"""What a module declares and nobody would miss: its place in the side list, its parts, what merging and copies do."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import models
from tests.harness.calls import sources

from przystan.access.modules import declared, modules
from przystan.access.tiers import Tier, tiers_of
from przystan.links.purposes import Purpose
from przystan.people.models import Person
from przystan.people.queries.links import foreign_keys, personal, privacy_of
from przystan.project.cluster import PACKAGE

from .test_models import module_of

# Modules with pages and no line in the side list, and where one comes upon them.
WITHIN = {
    "drafts": "in the form that it was typed into",
    "errands": "on the page where the work is asked for, and in the settings",
    "access": "keys: the menu of one's own account",
    "guides": "Help in the bar, and the key `?`",
    "links": "on Today, and where something is asked by a link",
    "results": "its kinds and scales: settings",
    "support": "the catalogue: settings",
}
OF_MANY = "of the rows of a file, or of two records: it tells how they were at that time"
# Tables about people whose rows stay with the record that is merged away, and why.
STAYS = {
    "exchange.ImportRow": OF_MANY,
    "people.Merge": OF_MANY,
    "people.PairVerdict": OF_MANY,
    "people.Person": "the record itself",
    "privacy.Pack": "a copy that was made of this record",
}
WORK = "about the work of the centre, told otherwise: who works with them, who looked"
# Tables with personal data about people of which a copy for the person has nothing, and why.
UNTOLD = {
    "exchange.ImportRow": "what it brought in is told where it stands now",
    "people.Exclusion": "it would tell of whom somebody is afraid",
    "people.FactBefore": "earlier wordings of what is told",
    "people.Merge": OF_MANY,
    "people.PairVerdict": OF_MANY,
    "people.TeamMember": WORK,
    "privacy.Pack": "the copy itself",
}
SHOWN = re.compile(r"""["']([a-z_]+/[\w/]+\.html)["'#]""")
PERSONAL = pytest.mark.parametrize("model", personal(), ids=lambda model: model._meta.label)


def test_a_module_with_pages_stands_in_the_side_list() -> None:
    pages = {name.rpartition(".")[2]: said for name, said in declared().items() if said.at is not None}
    silent = {name for name, said in pages.items() if not said.navigation}
    assert sorted(silent - set(WITHIN)) == [], "add an Entry to navigation of its module.py; or say in WITHIN where"
    assert sorted(set(WITHIN) - silent) == [], "it stands there now, or has no pages: take it out of WITHIN"


def test_every_template_is_shown_by_somebody() -> None:
    """A part that its module no longer declares leaves its template behind."""
    files = [path for end in ("py", "html") for path in PACKAGE.rglob(f"*.{end}") if "migrations" not in path.parts]
    named = {name for path in files for name in SHOWN.findall(path.read_text(encoding="utf-8"))}
    there = {path.as_posix().split("/templates/")[1]: path for path in PACKAGE.glob("*/templates/*/**/*.html")}
    ours = {name for name, path in there.items() if name.split("/")[0] == path.relative_to(PACKAGE).parts[0]}
    assert sorted(ours - named) == [], "nobody shows it: declare it under parts of its module.py, or delete it"


def purposes() -> Iterator[tuple[str, Purpose]]:
    """What may be done by a link: (file, purpose), as written in the files of the modules."""
    for dotted, source in sources().items():
        if any("Purpose(" in line for line in source.path.read_text().splitlines()) and ".links." not in dotted:
            found = vars(import_module(dotted)).values()
            yield from ((dotted, one) for one in found if isinstance(one, Purpose))


def test_every_purpose_of_links_is_declared() -> None:
    said = {one for module in modules() for one in module.links}
    assert sorted(file for file, one in purposes() if one not in said) == [], "name it under links of its module.py"


@PERSONAL
def test_rows_about_a_person_follow_a_merge(model: type[models.Model]) -> None:
    moves = privacy_of(model).merge == "move"
    assert moves != (model._meta.label in STAYS), 'merge = "move" in its class Privacy; or say in STAYS why they stay'


@PERSONAL
def test_what_is_kept_of_a_person_is_told_to_them(model: type[models.Model]) -> None:
    told = privacy_of(model).export or max(tiers_of(privacy_of(model)).values()) == Tier.T0
    assert told != (model._meta.label in UNTOLD), "export = True in its class Privacy; or say in UNTOLD why not"


def days() -> Iterator[tuple[str, str]]:
    """From a person, the days of what was done for them: (module, path), also of entries they share."""
    for model in personal():
        for key in foreign_keys(model):
            related = key.remote_field.related_name
            if key.related_model is not Person or related == "+":
                continue
            if "day" in {field.name for field in model._meta.concrete_fields}:
                yield module_of(model), f"{related}__day"
            for other in foreign_keys(model):
                entry = other.related_model
                if entry is not model and privacy_of(entry).export and hasattr(entry, "day"):
                    yield module_of(model), f"{related}__{other.name}__day"


def test_what_was_done_for_somebody_counts_for_how_long_they_are_kept() -> None:
    said = {day for module in modules() for day in module.last_days}
    missing = [f"{module}: {path}" for module, path in days() if path not in said]
    assert missing == [], "name the path under last_days of its module.py: how long a person is kept counts from there"
