"""Who may see what, printed for people: from the same tables that decide."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from przystan.access.addresses import policy
from przystan.access.decisions import STANDINGS, TABLE, VERDICTS
from przystan.access.rights import Right, labels_of
from przystan.access.roles import ALL, Role
from przystan.access.tiers import Tier, tiers_of, title_of
from przystan.people.queries.links import ours, privacy_of

Words = str | Promise
TIERS: dict[Tier, Words] = {
    Tier.T0: _("tier 0: facts of the centre, nobody in them"),
    Tier.T1: _("tier 1: ordinary personal data"),
    Tier.T2: _("tier 2: sensitive"),
    Tier.T3: _("tier 3: professional secrecy"),
    Tier.T4: _("tier 4: protected"),
}
FOR: dict[str, Words] = {
    "public": _("everybody, without login"),
    "staff": _("every member of staff"),
    "closed": _("nobody: answers as missing"),
}


@dataclass(frozen=True)
class Access:
    """`verdicts`: rows of [tier, what each standing sees]; `models`: (label, title, [(tier, fields)]);
    `addresses`: (name, who).
    """

    roles: list[tuple[Role, list[Words]]]
    standings: list[Words]
    verdicts: list[list[Words]]
    models: list[tuple[str, str, list[tuple[int, str]]]]
    addresses: list[tuple[str, Words]]

    def labelled(self) -> list[list[tuple[Words, Words]]]:
        """The rows of `verdicts` with each cell's head, for a phone, where a row is a card."""
        return [list(zip(["", *self.standings], row, strict=True)) for row in self.verdicts]


def access_tables() -> Access:
    """Everything there is to print."""
    verdicts = [[TIERS[tier], *(VERDICTS[TABLE[tier, standing]] for standing in STANDINGS)] for tier in Tier]
    addresses = [(name, who.label if isinstance(who, Right) else FOR[who]) for name, who in sorted(policy().items())]
    return Access(
        [(role, labels_of(role.code)) for role in ALL], list(STANDINGS.values()), verdicts, _models(), addresses
    )


def _models() -> list[tuple[str, str, list[tuple[int, str]]]]:
    """Tables with anything of tier 1 or above, and their fields by tier."""
    found = []
    for model in ours():
        fields: dict[Tier, list[str]] = {}
        for name, tier in tiers_of(privacy_of(model)).items():
            fields.setdefault(tier, []).append(name)
        if set(fields) - {Tier.T0}:
            tiers = [(int(tier), " ".join(names)) for tier, names in fields.items() if tier > Tier.T0]
            found.append((model._meta.label_lower, title_of(model), tiers))
    return sorted(found)
