"""What institutions brings to the tests that hold for every module (tests/harness/modules.py)."""

from typing import Any

from przystan.access.actors import system
from przystan.institutions import actions
from przystan.institutions.loading import load_institution_kinds
from przystan.institutions.models import Agreement, AgreementKind, Contact
from przystan.team.models import Organisation
from tests.institutions.making import institution
from tests.matrix.addresses import Address, Refs, ref

BOTH, POST = "GET POST", "POST"
one = ref("institution")


def part(kind: str) -> Any:
    """One thing that hangs on an institution."""

    def words(refs: Refs, obj: str) -> dict[str, str]:
        return {"ref": refs["institution"][obj], "kind": kind, "pk": str(refs[f"institution {kind}"][obj])}

    return words


def twin(word: str) -> Any:
    """The other entry of the same institution."""
    return lambda refs, obj: {word: refs["institution twin"][obj]}


def pair(refs: Refs, obj: str) -> dict[str, str]:
    return {**one(refs, obj), **twin("other")(refs, obj)}


def undone(refs: Refs, obj: str) -> dict[str, str]:
    return {**one(refs, obj), "merge": refs["institution merge"][obj]}


def code(refs: Refs, obj: str) -> dict[str, str]:
    """A kind of institution: one catalogue for the installation."""
    return {"of": "institutions", "code": "office" if obj == "own" else "no-such-kind"}


ADDRESSES = [
    Address("institutions:index"),
    Address("institutions:suggest"),
    Address("institutions:map"),
    Address("institutions:add_shipped", POST),
    Address("institutions:doubles"),
    Address("institutions:new", BOTH),
    Address("institutions:kinds"),
    Address("institutions:add_kind", BOTH, kwargs=lambda refs, obj: {"of": "institutions"}),
    Address("institutions:kind", BOTH, "code", kwargs=code),
    Address("institutions:retire_kind", POST, "code", kwargs=code),
    Address("institutions:institution", on="ours", kwargs=one),
    Address("institutions:change", BOTH, "ours", kwargs=one),
    Address("institutions:hours", BOTH, "ours", kwargs=one),
    Address("institutions:check", POST, "ours", kwargs=one),
    Address("institutions:closure", POST, "ours", kwargs=one),
    Address("institutions:find_same", on="ours", kwargs=one),
    Address("institutions:compare", on="ours", kwargs=pair),
    Address("institutions:merge", POST, "ours", kwargs=one, data=twin("absorbed")),
    Address("institutions:undo_merge", POST, "ours", kwargs=undone),
    Address("institutions:different", POST, "ours", kwargs=one, data=twin("other")),
    Address("institutions:part_add", BOTH, "ours", kwargs=ref("institution", kind="contacts")),
    Address("institutions:part_change", BOTH, "ours", kwargs=part("contacts")),
    Address("institutions:part_end", BOTH, "ours", kwargs=part("agreements")),
    Address("institutions:part_remove", BOTH, "ours", kwargs=part("contacts")),
]


def things(of: Organisation) -> dict[str, Any]:
    """An institution with somebody to ask for, an agreement, a twin, and an entry that was merged into it."""
    load_institution_kinds()
    made, other, absorbed = institution(of), institution(of, "PUP"), institution(of, "Urząd Pracy")
    merge = actions.merge(by=system(of.pk, "test"), kept=made, absorbed=absorbed)
    contact = Contact.objects.create(institution=made, name="Jan Urzędnik", role="clerk")
    kind = AgreementKind.objects.get_or_create(code="cooperation", defaults={"names": {"en": "Cooperation"}})[0]
    agreement = Agreement.objects.create(institution=made, kind=kind)
    return {
        "institution": made.ref,
        "institution twin": other.ref,
        "institution merge": merge.ref,
        "institution contacts": contact.pk,
        "institution agreements": agreement.pk,
    }


# What a careful person types into its forms, where the words of all forms do not do (tests/hostile/filling.py).
FILLED = {
    "institutions:kind": lambda refs: {"stale_after": "90"},
    "institutions:check": lambda refs: {"parts": "hours"},
    "institutions:part_add contacts": lambda refs: {"role": "clerk"},
}

# What its forms leave in the audit log.
DEEDS = {
    "institutions:new": "institution.register",
    "institutions:check": "institution.check",
    "institutions:add_kind": "institution.kind",
    "institutions:kind": "institution.kind",
    "institutions:retire_kind": "institution.kind",
    "institutions:undo_merge": "institution.merge_undone",
    "institutions:change": "institution.change",
    "institutions:closure": "institution.change",
    "institutions:hours": "institution.change",
    "institutions:merge": "institution.merge",
    "institutions:different": "institution.different",
    "institutions:part_add contacts": "institution.change",
    "institutions:part_change contacts": "institution.change",
    "institutions:part_end agreements": "institution.change",
    "institutions:part_remove contacts": "institution.change",
}
