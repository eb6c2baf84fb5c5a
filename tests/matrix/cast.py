"""Who asks: every role, and everybody who must be treated otherwise than their role says.

There are two organisations. Home has the points "here" and "there"; abroad has one.
"""

from dataclasses import dataclass

ROLES = (
    "reception adviser legal_adviser lawyer psychologist vocational_counsellor social_worker case_manager"
    " course_coordinator teacher education_assistant interpreter volunteer community_leader analyst"
    " grant_officer coordinator director data_protection_officer administrator auditor"
).split()
STRANGER, OUTSIDER = "stranger", "outsider"  # not logged in; logged in without a role that counts today


@dataclass(frozen=True)
class Card:
    """One actor. `at`: "here", "there", "abroad", or "" for a role that is bound to no point of Home.

    `with_`: objects of whose team they are. `excluded`: on the list of those who must not see anybody of Home.
    `kind`: "" for a colleague, STRANGER or OUTSIDER.
    """

    name: str
    roles: tuple[str, ...] = ()
    at: str = "here"
    with_: frozenset[str] = frozenset({"own"})
    excluded: bool = False
    kind: str = ""

    @property
    def organisation(self) -> str:
        return "abroad" if self.at == "abroad" else "home"

    def is_at(self, place: str) -> bool:
        return self.organisation == "home" and self.at in ("", place)


NOBODY: frozenset[str] = frozenset()
FILES = {"adviser": ["t2 case"], "lawyer": ["t2 case", "t3 case"], "psychologist": ["t3 case"], "teacher": ["t3 case"]}
CAST = [
    *(Card(role, (role,), with_=frozenset({"own", *FILES.get(role, ())})) for role in ROLES),
    Card("adviser there", ("adviser",), "there", NOBODY),
    Card("adviser there, in the team", ("adviser",), "there"),
    Card("adviser of all points", ("adviser",), "", NOBODY),
    Card("adviser here, in no team", ("adviser",), "here", NOBODY),
    Card(
        "adviser whose time in the team is over",
        ("adviser",),
        "here",
        frozenset({"own, till yesterday", "t2 case, till yesterday"}),
    ),
    # By a row of the team that has outlived the role with keys that came with it.
    Card("adviser of the protected person", ("adviser",), "here", frozenset({"own", "hidden"})),
    Card("legal adviser of the protected person", ("legal_adviser",), "here", frozenset({"own", "hidden"})),
    Card("case manager of the protected person", ("case_manager",), "there", frozenset({"hidden", "own", "t4 case"})),
    Card("coordinator there", ("coordinator",), "there", NOBODY),
    Card("coordinator of all points", ("coordinator",), "", NOBODY),
    Card("coordinator and lawyer", ("coordinator", "lawyer"), "here", frozenset({"own", "hidden"})),
    Card("excluded adviser", ("adviser",), "here", frozenset({"own", "t2 case"}), excluded=True),
    Card("excluded coordinator", ("coordinator",), "", excluded=True),
    Card("adviser abroad", ("adviser",), "abroad", NOBODY),
    Card("coordinator abroad", ("coordinator",), "abroad", NOBODY),
    Card("nobody logged in", kind=STRANGER),
    Card("locked account", ("coordinator",), kind=STRANGER),
    Card("account without a role", kind=OUTSIDER),
    Card("role ended yesterday", ("coordinator",), kind=OUTSIDER),
]
