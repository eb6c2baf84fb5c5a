"""People who work in a demo centre: with papers in order, one whose check runs out, one of whom nobody asked enough."""

from datetime import date, time, timedelta

from przystan.access.models import User
from przystan.access.scene import Scene
from przystan.access.scope import acting
from przystan.team.models import Membership, Point, StaffProfile
from przystan.team.queries import actor_for

from . import actions
from .enums import HourMode, Result, Skill, Task
from .models import AgreementKind, ProofKind, Worker

# login or "" for no account, name, kind of agreement, hours a month, with children, country, days since the checks
PEOPLE = [
    ("interpreter", "Hasan Al-Masri", "civil_contract", 40, False, "SY", None),
    ("volunteer", "Yusuf Demir", "volunteer", 16, True, "TR", 340),
    ("teacher", "Krzysztof Dudek", "volunteer", 12, True, "PL", 100),
    ("education_assistant", "Iryna Szewczuk", "employment", 160, True, "UA", 200),
    ("", "Zahra Ahmadi", "civil_contract", 20, False, "AF", None),
    ("", "Bożena Kwiatek", "secondment", 30, True, "PL", None),
]
INTERPRETED = {"Hasan Al-Masri": "ar", "Zahra Ahmadi": "fa"}
CHECKS = ("offenders_register", "commission_register", "criminal_record")
STARTS, SHIFTS = time(12), 12


def fill(scene: Scene) -> None:
    """Who leads all points writes everybody down; the interpreter notes two months, and a colleague confirms them."""
    lead = actor_for(scene.users["coordinator"])
    assert lead
    with acting(lead):
        workers = {row[1]: _written(scene, row) for row in PEOPLE}
    _hours(scene, workers["Hasan Al-Masri"])


def _written(scene: Scene, row: tuple[str, str, str, int, bool, str, int | None]) -> Worker:
    login, name, kind, hours, with_minors, country, since = row
    lead, user = actor_for(scene.users["coordinator"]), scene.users.get(login)
    assert lead
    worker = Worker(name=name, with_minors=with_minors, point=_point(scene, user))
    actions.save_worker(by=lead, worker=worker, changed=["name", "point", "with_minors"])
    if user:
        actions.join_account(by=lead, worker=worker, user=user)
    first = date(scene.today.year - 1, 1, 1)
    agreement = AgreementKind.objects.get(code=kind)
    actions.add_agreement(by=lead, worker=worker, kind=agreement, valid_from=first, hours=hours, in_writing=True)
    _languages(scene, worker, user)
    if since is not None:
        _checks(scene, worker, country, scene.today - timedelta(days=since))
    return worker


def _point(scene: Scene, user: User | None) -> Point | None:
    held = Membership.objects.filter(user=user).first() if user else None
    points = Point.objects.filter(organisation_id=scene.organisation_id).order_by("id")
    return held.point if held else points.first()


def _languages(scene: Scene, worker: Worker, user: User | None) -> None:
    lead = actor_for(scene.users["coordinator"])
    assert lead
    profile = StaffProfile.objects.filter(user=user).first() if user else None
    spoken = [*(profile.languages if profile else []), *([] if profile else ["pl"])]
    rows = [
        {"language": code, "skill": Skill.SPEAKS, "level": ""}
        for code in spoken
        if code != INTERPRETED.get(worker.name)
    ]
    if worker.name in INTERPRETED:
        rows.append({"language": INTERPRETED[worker.name], "skill": Skill.INTERPRETS, "level": "C1"})
    actions.save_languages(by=lead, worker=worker, rows=rows)


def _checks(scene: Scene, worker: Worker, country: str, day: date) -> None:
    lead = actor_for(scene.users["coordinator"])
    assert lead
    rows = [{"country": country, "tie": "citizen"}]
    actions.save_countries(by=lead, worker=worker, rows=rows, told_on=day)
    kinds = {kind.code: kind for kind in ProofKind.objects.all()}
    for code in CHECKS:
        actions.add_proof(by=lead, worker=worker, kind=kinds[code], day=day)
    actions.add_proof(by=lead, worker=worker, kind=kinds["protection_standards"], day=day)
    if country != "PL":
        declared = Result.DECLARED if country == "UA" else Result.CLEAR
        of = kinds["record_of_citizenship"]
        actions.add_proof(by=lead, worker=worker, kind=of, day=day, country=country, result=declared)


def _hours(scene: Scene, worker: Worker) -> None:
    hasan, adviser = actor_for(scene.users["interpreter"]), actor_for(scene.users["adviser"])
    assert hasan
    assert adviser
    for number in range(SHIFTS):
        day = scene.today - timedelta(days=5 * number)
        spent = actions.Spent(
            day=day,
            starts=STARTS,
            ends=time(12 + scene.rng.choice([1, 2]), scene.rng.choice([0, 15, 30])),
            task=Task.INTERPRETING,
            language="ar",
            mode=scene.rng.choice([HourMode.IN_PERSON, HourMode.PHONE]),
            for_user=scene.users["adviser"],
        )
        with acting(hasan):
            hour = actions.note_hour(by=hasan, worker=worker, spent=spent)
        if number >= 2:
            with acting(adviser):
                actions.confirm_hour(by=adviser, hour=hour)
