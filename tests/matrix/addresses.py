"""Every address once: how it is asked, on what kind of object, and how sensitive what it shows is.

A new address fails `test_the_table_is_whole` until it has its line: here, or in `ADDRESSES` of
`tests/<module>/matrix.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from przystan.access.rights import AUDIT_READ, CASES_SECRET, GLASS_APPROVE, GLASS_REVIEW, Right
from przystan.casework.rights import CASES_READ, CASES_WRITE
from przystan.ledger.rights import LEDGER_CLOSE
from przystan.people.rights import PEOPLE_ANSWER, PEOPLE_READ
from przystan.reports.rights import REPORTS_READ
from przystan.support.rights import SUPPORT_READ
from przystan.team.rights import TEAM_WRITE
from tests.harness.modules import brought

PERSON_OBJECTS = ("own", "same", "other", "alien", "hidden", "missing")
OBJECTS = {
    "": ("",),
    "person": PERSON_OBJECTS,
    "answered": PERSON_OBJECTS,  # about whose data somebody may ask
    "joined": PERSON_OBJECTS,
    "support": PERSON_OBJECTS,
    "ours": ("own", "alien", "missing"),
    "file": ("own", "alien", "missing"),
    "maker": ("coordinator", "missing"),  # of one colleague alone: her export
    "pack": ("coordinator", "missing"),
    "code": ("own", "missing"),  # one catalogue for the installation
    "times": ("own", "missing"),  # set by who leads all points
    "never": ("missing",),
    "led": PERSON_OBJECTS,
    "asked": PERSON_OBJECTS,
    "case": ("t2", "t3", "t4", "alien", "missing"),
    "glass": ("own", "hidden", "alien", "missing"),
    "erasure": ("own", "alien", "missing"),
    "worker": PERSON_OBJECTS,  # who works where this person comes to
}
Refs = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """`methods`: those that it answers; a GET answers HEAD too. `on`: kind of object, see OBJECTS.

    `kwargs`: object name -> the words in the address; `query`: what follows the "?"; `data`: what is posted, so that
    it gets past its form. `needs`: rights beside the one in its `urls.py`, `one_of`: at least one of them;
    `to_post`: to change what others only read.
    `open`: statuses that a request may end in that is let in. `only`: fewer objects, where other kinds ask for all.
    """

    name: str
    methods: str = "GET POST"  # a page that only reads answers a POST as a GET
    on: str = ""
    tier: str = "t1"
    kwargs: Callable[[Refs, str], dict[str, str]] = lambda refs, obj: {}
    data: Callable[[Refs, str], dict[str, Any]] = lambda refs, obj: {}
    query: Callable[[Refs, str], str] = lambda refs, obj: ""
    needs: frozenset[Right] = frozenset()
    one_of: frozenset[Right] = frozenset()
    to_post: frozenset[Right] = frozenset()
    only: tuple[str, ...] = ()
    open: tuple[int, ...] = (200, 302)
    label: str = ""

    @property
    def objects(self) -> tuple[str, ...]:
        return self.only or OBJECTS[self.on]


def ref(of: str, word: str = "ref", /, **more: str) -> Callable[[Refs, str], dict[str, str]]:
    """The reference of the object, and fixed words beside it."""
    return lambda refs, obj: {word: refs[of][obj], **more}


def fact(kind: str) -> Callable[[Refs, str], dict[str, str]]:
    """One fact of a person."""
    return lambda refs, obj: {"ref": refs["person"][obj], "kind": kind, "key": refs[kind][obj]}


def facts(kind: str, tier: str) -> list[Address]:
    """The four pages of one kind of fact; which of them a kind has is in people.views.kinds."""
    whole = kind in ("names", "citizenships")
    both, only = "GET POST", () if whole else ("same", "missing")
    pages = {
        "fact_add": ref("person", kind=kind),
        "fact_change": fact(kind) if kind not in ("consents", "relations") else None,
        "fact_end": fact(kind) if kind not in ("names", "contacts", "languages", "relations") else None,
        "fact_remove": fact(kind) if kind != "consents" else None,
    }
    return [
        Address(f"people:{page}", both, "person", tier, kwargs, only=only, label=kind)
        for page, kwargs in pages.items()
        if kwargs
    ]


BOTH, POST = "GET POST", "POST"
person, support, result = ref("person"), ref("support"), ref("result")
programme, batch = ref("programme"), ref("import")

ACCOUNT = [
    Address("account_login", BOTH),
    Address("account_logout", BOTH),
    Address("account_session", BOTH, open=(200, 204, 302)),
    Address("account_reauthenticate", BOTH),
    Address("account_change_password", BOTH),
    Address("mfa_authenticate", BOTH),
    Address("mfa_login_webauthn", BOTH),
    Address("mfa_index", "GET"),
    Address("mfa_reauthenticate", BOTH),
    Address("mfa_reauthenticate_webauthn", BOTH),
    Address("mfa_activate_totp", BOTH),
    Address("mfa_deactivate_totp", BOTH, "never"),
    Address("mfa_add_webauthn", BOTH),
    Address("mfa_list_webauthn", "GET"),
    Address("mfa_edit_webauthn", kwargs=lambda refs, obj: {"pk": "999999"}),
    Address("mfa_remove_webauthn", kwargs=lambda refs, obj: {"pk": "999999"}),
    Address("mfa_view_recovery_codes", "GET", "never"),
    Address("mfa_generate_recovery_codes", BOTH),
    Address("mfa_download_recovery_codes", BOTH, "never"),
]
LIBRARY = "account_signup account_inactive account_email account_email_verification_sent account_set_password"
LIBRARY += " account_confirm_login_code account_reset_password account_reset_password_done"
LIBRARY += " account_reset_password_from_key_done"
CLOSED = [
    *(Address(name) for name in LIBRARY.split()),
    Address("account_confirm_email", kwargs=lambda refs, obj: {"key": "x"}),
    Address("account_reset_password_from_key", kwargs=lambda refs, obj: {"uidb36": "x", "key": "x"}),
]
PROJECT = [
    Address("set_language"),
    Address("access_table"),
    Address("ui:components", "GET"),
    Address("ui:asset", "GET", "code", kwargs=lambda refs, obj: refs["asset"][obj]),
]
CATALOGUE = [
    Address("support:catalogue"),
    Address("support:add_line", BOTH),
    Address("support:line", BOTH, "code", kwargs=ref("line", "code")),
    Address("support:add_service", BOTH),
    Address("support:service", BOTH, "code", kwargs=ref("service", "code")),
    Address("support:add_topic", BOTH),
    Address("support:topic", BOTH, "code", kwargs=ref("topic", "code")),
    Address("support:retire", POST, "code", kwargs=ref("service", "code", kind="service")),
]
TEAM = [
    Address("team:members"),
    Address("team:add", BOTH),
    Address("team:member", BOTH, "ours", kwargs=ref("member"), to_post=frozenset({TEAM_WRITE})),
    Address("team:lock", POST, "ours", kwargs=ref("member")),
    Address("team:reset", POST, "ours", kwargs=ref("member")),
    Address("team:confirm_reset", POST, "ours", kwargs=ref("reset")),
    Address("team:withdraw_reset", POST, "ours", kwargs=ref("reset")),
    Address("team:confirm_role", POST, "ours", kwargs=ref("asked")),
    Address("team:refuse_role", POST, "ours", kwargs=ref("asked")),
    Address("team:invite", POST, "never", kwargs=ref("asked")),  # others lead there
    Address("team:confirm_invited", POST, "never", kwargs=ref("asked")),
    Address("team:invitation", BOTH, "never", kwargs=ref("member", token="dead")),
    Address("team:end_role", POST, "ours", kwargs=ref("membership")),
    Address("team:roles"),
    Address("team:points"),
    Address("team:add_point", BOTH),
    Address("team:point", BOTH, "ours", kwargs=ref("point")),
]


def colleague(refs: Refs, obj: str) -> dict[str, str]:
    """A person, and a colleague of the same organisation."""
    return {**person(refs, obj), "user": refs["member"]["alien" if obj == "alien" else "own"]}


PEOPLE = [
    Address("people:search", BOTH),
    Address("people:suggest", POST),
    Address("people:register", BOTH),
    Address("people:register_start", POST),
    Address("people:identity", BOTH, "person", "t1", person),
    Address("people:join", BOTH, "person", "t2", person),
    Address("people:relate", BOTH, "person", "t2", person),
    Address("people:work_with", POST, "joined", "t1", person, lambda refs, obj: {"reason": "came"}),
    Address("people:access", BOTH, "led", kwargs=person),
    Address("people:team_end", POST, "led", kwargs=colleague),
    Address("people:readmit", POST, "led", kwargs=colleague),
    Address("people:history", "GET POST", "person", "t2", person),
    Address("people:protection", BOTH, "person", "t4", person),
    Address("people:protect", POST, "person", "t4", person),
    Address("people:protector", POST, "person", "t4", person, lambda refs, obj: {"user": colleague(refs, obj)["user"]}),
    *facts("names", "t1"),
    *facts("contacts", "t1"),
    *facts("citizenships", "t2"),
    *facts("titles", "t2"),
    *facts("dwellings", "t1"),
    *facts("languages", "t1"),
    *facts("consents", "t1"),
    *facts("guardians", "t2"),
    *facts("household", "t2"),
    *facts("relations", "t2"),
    Address("people:duplicates"),
    Address("people:look_through", POST),
    Address("people:titles"),
    Address("people:not_asked"),
    Address("people:find_same", BOTH, "person", "t1", person),
    Address(
        "people:compare", BOTH, "person", "t1", lambda refs, obj: {**person(refs, obj), "other": refs["twin"][obj]}
    ),
    Address("people:merge", POST, "person", "t1", person, lambda refs, obj: {"absorbed": refs["twin"][obj]}),
    Address("people:different", POST, "person", "t1", person, lambda refs, obj: {"other": refs["twin"][obj]}),
    Address(
        "people:undo_merge", POST, "person", "t1", lambda refs, obj: {**person(refs, obj), "merge": refs["merge"][obj]}
    ),
]


def one_indicator(refs: Refs, obj: str) -> dict[str, str]:
    """An indicator where it is changed."""
    return {**programme(refs, obj), "indicator": refs["indicator"][obj]}


FUNDING = [
    Address("funding:programmes"),
    Address("funding:add", BOTH),
    Address("funding:take_file", BOTH),
    Address("funding:payers", POST),
    Address("funding:programme", BOTH, "ours", kwargs=programme),
    Address("funding:change", BOTH, "ours", kwargs=programme),
    Address("funding:file", BOTH, "ours", kwargs=programme),
    Address("funding:limits", BOTH, "ours", kwargs=programme),
    Address(
        "funding:limit_remove",
        POST,
        "ours",
        kwargs=programme,
        data=lambda refs, obj: {"limit": refs["limit"][obj]},
    ),
    Address("funding:rule", BOTH, "ours", kwargs=programme),
    Address("funding:move", BOTH, "ours", kwargs=programme),
    Address("funding:indicator_add", BOTH, "ours", kwargs=programme),
    Address("funding:indicator", BOTH, "ours", kwargs=one_indicator),
    Address("funding:where", BOTH, "ours", kwargs=one_indicator),
    Address("funding:indicator_remove", POST, "ours", kwargs=one_indicator),
]


def counted(refs: Refs, obj: str) -> dict[str, str]:
    """An indicator below its programme."""
    return {"programme": refs["programme"][obj], "ref": refs["indicator"][obj]}


REPORTS = [
    Address("reports:index"),
    Address("reports:at_risk"),
    Address("reports:left_out"),
    Address("reports:programme", BOTH, "ours", kwargs=programme),
    Address("reports:indicator", BOTH, "ours", kwargs=counted),
    Address("reports:evidence", BOTH, "ours", kwargs=counted),
    Address("reports:export", POST, "ours", kwargs=programme, needs=frozenset({REPORTS_READ})),
]
EXCHANGE = [
    Address("exchange:imports", BOTH),
    Address("exchange:batch", BOTH, "file", kwargs=batch),
    Address("exchange:columns", BOTH, "file", kwargs=batch),
    Address("exchange:values", BOTH, "file", kwargs=batch),
    Address("exchange:sheet", POST, "file", kwargs=batch),
    Address("exchange:progress", BOTH, "file", kwargs=batch),
    Address("exchange:decisions", POST, "file", kwargs=batch),
    Address("exchange:run", POST, "file", kwargs=batch, data=lambda refs, obj: {"choice": "all"}),
    Address("exchange:undo", POST, "file", kwargs=batch),
    Address("exchange:give_up", POST, "file", kwargs=batch),
    Address("exchange:rest", POST, "file", kwargs=batch),
]
DESK = [
    Address("desk:today"),
    Address("desk:contact", BOTH),
    Address("desk:group", BOTH),
    Address("desk:periods", BOTH),
    Address("desk:supports"),
    Address("desk:export", POST, needs=frozenset({SUPPORT_READ})),
    Address("desk:log", BOTH),
    Address("desk:who", POST),
    Address("desk:settings"),
    Address("desk:week"),
    Address("desk:person", BOTH, "person", "t1", person),
    Address("desk:confirmation", BOTH, "person", "t2", person),
    Address("desk:support", BOTH, "support", "t1", support),
    Address("desk:support_history", BOTH, "support", "t1", support),
    Address("desk:amend", BOTH, "support", "t1", support, needs=frozenset({LEDGER_CLOSE})),
    Address("desk:correct", BOTH, "support", "t1", support),
    Address("desk:payer", POST, "support", "t1", support),
    Address("desk:remove", POST, "support", "t1", support, needs=frozenset({LEDGER_CLOSE})),
    Address("desk:step", POST, "support", "t1", support),
    Address("desk:results"),
    Address("desk:note_result", BOTH),
    Address("desk:result", BOTH, "support", "t1", result),
    Address("desk:result_history", BOTH, "support", "t1", result),
    Address("desk:amend_result", BOTH, "support", "t1", result, needs=frozenset({LEDGER_CLOSE})),
    Address("desk:correct_result", BOTH, "support", "t1", result),
    Address("desk:result_payer", POST, "support", "t1", result),
    Address("desk:remove_result", POST, "support", "t1", result, needs=frozenset({LEDGER_CLOSE})),
]
LOOKING = frozenset({GLASS_REVIEW, GLASS_APPROVE, AUDIT_READ, PEOPLE_ANSWER, PEOPLE_READ})
ERASING = frozenset({PEOPLE_ANSWER, AUDIT_READ, CASES_READ})
WHY = {"category": "danger", "reason": "she was seen at the door with him"}
WITHHELD = {"ground": "others", "words": "her husband is in it"}
SECRETS = ("t3", "t4", "missing")  # files that the coordinator's copy leaves out
case, glass, erasure = ref("case"), ref("glass"), ref("erasure")
file = ref("case", model="casework.casefile")
LED = frozenset({CASES_READ, CASES_WRITE})
CASEWORK = [
    Address("casework:cases"),
    Address("casework:new", BOTH, "person", "t1", query=lambda refs, obj: f"person={refs['person'][obj]}"),
    Address("casework:case", BOTH, "case", kwargs=case),
    Address("casework:closure", POST, "case", kwargs=case),
    Address("casework:history", BOTH, "case", kwargs=case),
    Address("casework:team", BOTH, "case", kwargs=case),
    Address(
        "casework:end_member",
        POST,
        "case",
        kwargs=lambda refs, obj: {**case(refs, obj), "user": refs["case_member"][obj]},
    ),
    Address("casework:note", BOTH, "case", kwargs=lambda refs, obj: {**case(refs, obj), "note": refs["note"][obj]}),
]
PRIVACY = [
    Address("privacy:index", one_of=LOOKING),
    Address("privacy:ask_any"),
    Address("privacy:ask", BOTH, "asked", kwargs=ref("person", model="people.person"), data=lambda refs, obj: WHY),
    Address("privacy:sent"),
    Address("privacy:glasses"),
    Address("privacy:glass", BOTH, "glass", kwargs=glass),
    Address("privacy:approve", POST, "glass", kwargs=glass),
    Address("privacy:refuse", POST, "glass", kwargs=glass),
    Address("privacy:review", POST, "glass", kwargs=glass, data=lambda refs, obj: {"justified": "yes", "note": "x"}),
    Address("privacy:log"),
    Address("privacy:check", POST),
    Address("privacy:person", BOTH, "answered", "t2", person),
    Address("privacy:receive", BOTH, "answered", "t2", person),
    Address("privacy:copy", POST, "answered", "t2", person, data=lambda refs, obj: {"language": "pl"}),
    Address("privacy:fetch", POST, "pack", kwargs=ref("pack")),
    Address("privacy:restrict", POST, "answered", "t2", person),
    Address("privacy:hold", BOTH, "answered", "t2", person),
    Address(
        "privacy:end_hold", POST, "answered", "t2", lambda refs, obj: {**person(refs, obj), "hold": refs["hold"][obj]}
    ),
    Address("privacy:erasure", BOTH, "answered", "t2", person),
    Address("privacy:register"),
    Address("privacy:answer", BOTH, "answered", "t2", ref("request")),
    Address("privacy:extend", POST, "answered", "t2", ref("request"), data=lambda refs, obj: {"reason": "many files"}),
    Address(
        "privacy:file_copy",
        BOTH,
        "case",
        kwargs=file,
        data=lambda refs, obj: {"language": "pl"},
        needs=LED,
        only=SECRETS,
    ),
    Address(
        "privacy:file_withhold", POST, "case", kwargs=file, data=lambda refs, obj: WITHHELD, needs=LED, only=SECRETS
    ),
    Address("privacy:file_fetch", POST, "never", kwargs=ref("case", model="casework.casefile", pack="000000000000")),
    Address("privacy:erasures", one_of=ERASING),
    Address("privacy:confirm", POST, "erasure", kwargs=erasure),
    Address("privacy:withdraw", POST, "erasure", kwargs=erasure),
    Address("privacy:retention", one_of=frozenset({PEOPLE_ANSWER, AUDIT_READ})),
    Address("privacy:rule", BOTH, "times", kwargs=ref("rule")),
    Address("privacy:automatic", POST, "code", kwargs=ref("rule")),
]
HOLDERS = frozenset({CASES_SECRET, GLASS_APPROVE})
KEYS = [
    *(Address(f"keys:{name}", one_of=HOLDERS) for name in ("keys", "unlock", "recover")),
    *(Address(f"keys:{name}", POST, one_of=HOLDERS) for name in ("set_up", "confirm", "lock", "change", "passkey")),
    Address("privacy:escrow"),
    Address("privacy:confirm_key", POST, kwargs=lambda refs, obj: {"plan": "1"}),
    Address("privacy:withdraw_key", POST, kwargs=lambda refs, obj: {"plan": "1"}),
]
ADDRESSES = [
    *ACCOUNT,
    *KEYS,
    *CLOSED,
    *PROJECT,
    *CATALOGUE,
    *TEAM,
    *PEOPLE,
    *FUNDING,
    *REPORTS,
    *EXCHANGE,
    *CASEWORK,
    *PRIVACY,
    *DESK,
    *(line for lines in brought("ADDRESSES") for line in lines),
]
