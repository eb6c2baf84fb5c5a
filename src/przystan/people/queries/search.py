"""The one search box."""

import re
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from przystan.access.actors import Actor
from przystan.kernel.dates import PartialDate
from przystan.kernel.names.ranking import NameHit
from przystan.kernel.phones import digits_of

from ..enums import ChannelKind
from ..models import Channel, Person, PersonName
from ..rights import PEOPLE_READ
from ..rules.births import compare_births
from ..rules.box import Asked, own_ref, understand
from ..rules.references import may_be_meant, reference_digits
from ..rules.same_person import TAIL, WEIGHTS, told_names
from .by_name import by_name
from .candidates import Candidate

CERTAIN = 1.5
NEAR = 0.5  # of the best score: who has less is left out
ALIAS = re.compile(r"p-\w{4}-\w{4}", re.IGNORECASE)  # of a protected person, known to their team
MANY = 20  # people with one reference that are read
WEAK = 5  # people shown when nobody fits


@dataclass(frozen=True)
class Hit:
    """What speaks for a person so far."""

    score: float
    codes: tuple[str, ...] = ()
    name: str = ""
    fits: bool = True


Found = dict[int, Hit]  # by the person's id


def search(
    actor: Actor, text: str, limit: int = 20, *, weak: int = WEAK, besides: int | None = None
) -> list[Candidate]:
    """Whoever may be meant by `text`, best first: names in any spelling, birth, phone, e-mail, references, together.

    People of other points are found by their names alone; the rest of them is not for the actor (`person.is_open`).
    Each candidate says why. Merged records answer as the person they were merged into. Who does not fit is left out;
    when nobody fits, the nearest `weak` come instead, each with `fits` False, and nobody among them whose name and
    birth date both differ. `besides`: the id of a person who is not looked for.
    """
    actor.require(PEOPLE_READ)
    asked = understand(text)
    found: Found = {}
    _by_reference(actor, asked, found)
    if asked.digits:
        _by_phone(actor, asked.digits, found, limit)
    if asked.email:
        _by_email(actor, asked.email, found, limit)
    birth = PartialDate.parse(asked.birth) if asked.birth else None
    if asked.name:
        _by_name(actor, asked.name, birth, found, limit, besides)
    elif birth and (not found or asked.digits == asked.birth):
        _by_birth(actor, birth, found, limit)
    found.pop(besides or 0, None)
    return _calm(_candidates(actor, found, birth, limit), limit, weak)


def _calm(candidates: list[Candidate], limit: int, weak: int) -> list[Candidate]:
    """Those who fit; only when there are none, the nearest few."""
    fitting = [one for one in candidates if one.fits]
    nearest = [one for one in candidates if "birth_differs" not in one.codes]
    return fitting[:limit] if fitting else nearest[: min(weak, limit)]


def _by_reference(actor: Actor, asked: Asked, found: Found) -> None:
    """Ours, the alias of a protected person, and the centre's own in any spelling."""
    people = Person.objects.open_to(actor)
    ours = Q(alias__iexact=asked.text) if ALIAS.fullmatch(asked.text) else Q()
    if ref := own_ref(asked.text):
        ours |= Q(ref=ref)
    rows = list(people.filter(ours).values_list("pk", "merged_into")[:MANY]) if ours else []
    if digits := {reference_digits(text) for text in asked.references}:
        theirs = people.filter(reference_digits__in=digits).values_list("pk", "merged_into", "centre_reference")
        rows += [
            (pk, kept)
            for pk, kept, reference in theirs[:MANY]
            if any(may_be_meant(text, reference) for text in asked.references)
        ]
    for pk, kept in rows:
        _add(found, kept or pk, Hit(CERTAIN, ("reference",)))


def _by_phone(actor: Actor, digits: str, found: Found, limit: int) -> None:
    """Numbers that end with these digits, or with the last nine: the code of a country is left out, or is another's."""
    whole = digits_of(digits)
    ends = digits.lstrip("0") or digits
    end = ends[-TAIL:][::-1]
    # Not `startswith`: row-level security lets LIKE look only at rows that it has checked, every one of them.
    rows = (
        _channels(actor)
        .filter(finder__gte=end, finder__lt=end + "a")
        .exclude(digits="")
        .order_by()  # any order: with one, the planner walks the whole table along it
        .values_list("person_id", "digits")[:limit]
    )
    for person_id, number in rows:
        same = number in (whole, digits)
        _add(found, person_id, Hit(CERTAIN if same else 1.1, ("phone" if same else "phone_end",)))


def _channels(actor: Actor) -> QuerySet[Channel]:
    """Ways to reach people whose page is open to the actor."""
    people = Person.objects.open_to(actor).current().filter(pk=OuterRef("person_id"))
    return Channel.objects.filter(Exists(people))


def _by_email(actor: Actor, email: str, found: Found, limit: int) -> None:
    rows = _channels(actor).filter(kind=ChannelKind.EMAIL, finder=email).order_by()
    for person_id in rows.values_list("person_id", flat=True)[:limit]:
        _add(found, person_id, Hit(CERTAIN, ("email",)))


def _by_name(actor: Actor, name: str, birth: PartialDate | None, found: Found, limit: int, besides: int | None) -> None:
    hits = by_name(actor, name, birth, limit, besides)
    if birth and not any(hit.fits for hit in hits):
        # The date may be wrong in the record, or here: then the name has to fit.
        hits += [hit for hit in by_name(actor, name, None, limit, besides) if hit.fits]
    for hit in hits:
        if told_names([hit.name]):
            _add(found, hit.id, _hit(hit))


def _hit(hit: NameHit) -> Hit:
    return Hit(hit.score, hit.codes, hit.name, hit.fits)


def _by_birth(actor: Actor, birth: PartialDate, found: Found, limit: int) -> None:
    born = (
        Person.objects.open_to(actor).current().filter(birth_from__gte=birth.earliest(), birth_from__lte=birth.latest())
    )
    for pk in born.order_by("-id").values_list("pk", flat=True)[:limit]:
        _add(found, pk, Hit(0.5))


def _add(found: Found, person_id: int, hit: Hit) -> None:
    """Keep the best name of a person; what speaks for them besides a name adds up."""
    before = found.get(person_id)
    if before is None:
        found[person_id] = hit
    elif not (hit.name and before.name):
        codes = (*before.codes, *hit.codes)
        found[person_id] = Hit(before.score + hit.score, codes, hit.name or before.name, hit.fits or before.fits)
    elif hit.score > before.score:
        found[person_id] = hit


def _candidates(actor: Actor, found: Found, birth: PartialDate | None, limit: int) -> list[Candidate]:
    names = Prefetch("names", PersonName.objects.defer("keys", "folded"))
    people = Person.objects.named_for(actor).current().select_related("point").prefetch_related(names)
    best = sorted(found, key=lambda pk: (not found[pk].fits, -found[pk].score))[: limit * 2]
    candidates = [
        _with_birth(Candidate(person, **vars(found[person.pk])), birth) for person in people.filter(pk__in=best)
    ]
    floor = max((one.score for one in candidates), default=0.0) * NEAR
    ordered = sorted(candidates, key=lambda one: (-one.score, -one.person.pk))
    return [one for one in ordered if one.score >= floor]


def _with_birth(candidate: Candidate, birth: PartialDate | None) -> Candidate:
    person = candidate.person
    if birth is None or not person.is_open or not (code := compare_births(str(birth), person.birth)):
        return candidate
    return replace(candidate, score=candidate.score + WEIGHTS[code], codes=(*candidate.codes, code))
