"""What must happen, said once more and by hand: nothing here asks `access.decisions`, `seen_by` or a module's policy.

From the product it takes two declarations that people read and sign: which right an address asks for
(`access.addresses`), and which rights a role has (`access.roles`).
"""

from przystan.access.addresses import CLOSED, PUBLIC, STAFF, policy
from przystan.access.rights import CASES_SECRET, GLASS_APPROVE, rights_of

from .addresses import Address
from .cast import OUTSIDER, STRANGER, Card

LOGIN, NO_ROLE, MISSING, WRONG_METHOD, OPEN = "login", "no role", "missing", "wrong method", "open"
# tier -> standings that open it. "lead" and "team" are words of the need-to-know table in 4-security.md.
OPENS = {
    "t0": {"elsewhere", "point", "lead", "team"},
    "t1": {"point", "lead", "team"},
    "t2": {"lead", "team"},
    "t4": {"team"},
}
PLACE = {"own": "here", "same": "here", "other": "there", "hidden": "here", "alien": "abroad"}


def expected(card: Card, address: Address, method: str, obj: str) -> str:
    """One of the words above: what this actor's request must end in."""
    if method not in ("GET", "HEAD", "POST"):
        return WRONG_METHOD
    right = policy()[address.name]
    if right == CLOSED:
        return MISSING
    if right != PUBLIC:
        if card.kind == STRANGER:
            return LOGIN
        if card.kind == OUTSIDER:
            return NO_ROLE
        if right != STAFF and right not in rights_of(frozenset(card.roles)):
            return MISSING
    if method.replace("HEAD", "GET") not in address.methods:
        return WRONG_METHOD
    if method == "POST" and not rights_of(frozenset(card.roles)) >= address.to_post:
        return MISSING
    return OPEN if _opens(card, address, obj) else MISSING


def _opens(card: Card, address: Address, obj: str) -> bool:
    if obj == "missing" and address.on != "asked":
        return False
    rights = rights_of(frozenset(card.roles))
    if not rights >= address.needs or (address.one_of and not rights & address.one_of):
        return False
    match address.on:
        case "person":
            return standing(card, obj) in OPENS["t4" if obj == "hidden" else address.tier]
        case "answered":
            return standing(card, obj) in OPENS["t4" if obj == "hidden" else address.tier] and _answers(card, obj)
        case "led":
            return _led(card, obj)
        case "support":
            return _support(card, obj)
        case "joined":  # at the point where the person belongs, not by an emergency look from elsewhere
            here = card.at == "abroad" or card.is_at(PLACE[obj])
            return here and standing(card, obj) in OPENS["t4" if obj == "hidden" else address.tier]
        case "file":  # of all points; taken in by somebody else
            return obj != "alien" and card.at == ""
        case "ours":
            return (obj == "alien") == (card.organisation == "abroad")
        case "times":
            return card.at == ""
        case "maker" | "pack":
            return card.name == obj
        case "case":
            return _case(card, obj)
        case "glass":
            return _glass(card, address, obj)
        case "erasure":
            return _erasure(card, address, obj)
        case "worker":  # who leads where they work; no list keeps anybody from colleagues
            at = card.organisation == "abroad" if obj == "alien" else card.is_at(PLACE[obj])
            return "coordinator" in card.roles and at
    return True  # "asked": whether there is anything behind it must not show


def standing(card: Card, obj: str) -> str:
    """What an actor is to a person of the world."""
    if (PLACE[obj] == "abroad") != (card.organisation == "abroad"):
        return "alien"
    if card.excluded:
        return "excluded"
    secret = obj == "hidden" and CASES_SECRET not in rights_of(frozenset(card.roles))
    if obj in card.with_ and not secret:
        return "team"
    at = card.at == "abroad" or card.is_at(PLACE[obj])
    if at and "coordinator" in card.roles:
        return "lead"
    return "point" if at else "elsewhere"


def _led(card: Card, obj: str) -> bool:
    """Who leads the point says who works with a person; of a protected one the team does (people:protection)."""
    leads = "coordinator" in card.roles and (card.at == "abroad" or card.is_at(PLACE[obj]))
    return leads and obj != "hidden" and standing(card, obj) in ("team", "lead")


def _answers(card: Card, obj: str) -> bool:
    """Who protects people answers for those alone; a coordinator for everybody else, too."""
    return "coordinator" in card.roles or (obj == "hidden" and "case_manager" in card.roles)


def _support(card: Card, obj: str) -> bool:
    """An entry shows to those of its point, and, wherever it was given, to those who work with its person."""
    known = standing(card, obj)
    if obj == "hidden":
        return known == "team"
    return known in ("point", "lead", "team")


def _case(card: Card, obj: str) -> bool:
    """A file is its team's alone; secrets need a role that may hold a key. Leading the point opens none."""
    secret = obj != "t2" and CASES_SECRET not in rights_of(frozenset(card.roles))
    return f"{obj} case" in card.with_ and not card.excluded and not secret


def _glass(card: Card, address: Address, obj: str) -> bool:
    """Somebody of another line decides about what is secret; who leads the point looks at the rest afterwards.

    "own" is of tier 2, about somebody there, opened by itself; "hidden" waits for an approval. An adviser asked.
    """
    if (obj == "alien") != (card.organisation == "abroad"):
        return False
    approves = GLASS_APPROVE in rights_of(frozenset(card.roles))
    leads = standing(card, "alien" if obj == "alien" else "other") == "lead"
    return approves or (obj != "hidden" and leads and address.name in ("privacy:glass", "privacy:review"))


def _erasure(card: Card, address: Address, obj: str) -> bool:
    """The second person: who answers for them, or the data protection officer; who asked only withdraws it."""
    if card.name == ("coordinator abroad" if obj == "alien" else "coordinator"):
        return address.name == "privacy:withdraw"
    answers = _answers(card, obj) and standing(card, obj) in OPENS["t2"]
    return answers or (obj == "own" and "data_protection_officer" in card.roles)
