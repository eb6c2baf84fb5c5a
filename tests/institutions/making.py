"""Small institutions for tests."""

from typing import Any

from przystan.access.actors import system
from przystan.institutions import actions
from przystan.institutions.models import Institution, InstitutionKind
from przystan.institutions.rules.newcomer import Called, Newcomer
from przystan.team.models import Organisation


def kind(code: str = "office") -> InstitutionKind:
    return InstitutionKind.objects.get_or_create(code=code, defaults={"names": {"en": code.capitalize()}})[0]


def institution(of: Organisation, name: str = "Powiatowy Urząd Pracy", *others: Called, **values: Any) -> Institution:
    """One that was entered by the system. `others`: more names; `values`: of `Newcomer`."""
    code = kind(values.pop("kind", "office")).code
    newcomer = Newcomer(kind=code, names=(Called(name), *others), **values)
    return actions.register(by=system(of.pk, "test"), newcomer=newcomer)
