"""Two who do something with one file at once: see tests/harness/races.py."""

from types import SimpleNamespace
from typing import Any

from przystan.access.actors import Actor, system
from przystan.access.scope import acting
from przystan.exchange import actions
from przystan.exchange.actions import reading
from przystan.exchange.actions.forgetting import forget
from przystan.exchange.enums import BatchState, Choice, ImportKind
from przystan.exchange.models import FilePart, ImportBatch, ImportRow
from przystan.exchange.reading import GivenUp
from przystan.exchange.rules.unknown import Unknown
from przystan.people.rules.traces import traces
from przystan.team.models import Organisation
from tests import factories
from tests.harness.races import Race, Results, by, holds, one_of_two


def two_and_a_file(state: BatchState, **values: Any) -> tuple[Actor, Actor, ImportBatch]:
    """Two who lead all points, and a file with one row and one piece."""
    centre = factories.organisation()
    one, other = (factories.actor(centre, "coordinator") for _ in range(2))
    return one, other, a_file(centre, one, state, **values)


def a_file(centre: Organisation, one: Actor, state: BatchState, **values: Any) -> ImportBatch:
    made = ImportBatch.objects.create(
        organisation=centre, by_id=one.user_id, kind=ImportKind.PEOPLE, filename="list.csv", state=state, **values
    )
    FilePart.objects.create(batch=made, position=0, content=b"name")
    ImportRow.objects.create(batch=made, number=2, cells=["Zofia Lis"], entry={"name": "Zofia Lis"})
    return made


@holds("exchange.actions.running.start", "an import begins once")
def begun_twice() -> Race:
    one, other, batch = two_and_a_file(BatchState.CHECKED, counts={"new": 1})
    return Race(
        by(one, lambda: actions.start(by=one, batch=batch, choice=Choice.ALL)),
        by(other, lambda: actions.start(by=other, batch=batch, choice=Choice.ALL)),
        one_of_two,
    )


@holds("exchange.actions.meanings.say_meanings", "rows are checked again once, and not while they are imported")
def meanings_said_while_it_begins() -> Race:
    one, other, batch = two_and_a_file(BatchState.CHECKED, counts={"new": 1})
    return Race(
        by(one, lambda: actions.start(by=one, batch=batch, choice=Choice.ALL)),
        by(other, lambda: actions.say_meanings(by=other, batch=batch, meanings={Unknown("titles", "x"): "ukr"})),
        one_of_two,
    )


@holds("exchange.actions.deciding.decide", "rows of a file that has begun to run are not decided")
def decided_while_it_begins() -> Race:
    one, other, batch = two_and_a_file(BatchState.CHECKED, counts={"new": 1})
    return Race(
        by(one, lambda: actions.start(by=one, batch=batch, choice=Choice.ALL)),
        by(other, lambda: actions.decide(by=other, batch=batch, decisions={"2": "skip"})),
        one_of_two,
    )


@holds("exchange.actions.taking._locked", "a file is read by one way at a time")
def read_again_twice() -> Race:
    one, other, batch = two_and_a_file(BatchState.COLUMNS)
    return Race(
        by(one, lambda: actions.read_again(by=one, batch=batch, sheet="A")),
        by(other, lambda: actions.read_again(by=other, batch=batch, sheet="B")),
        one_of_two,
    )


@holds("exchange.actions.reading._require_reading", "a file that is given up does not come back by its reader")
def given_up_while_it_is_read() -> Race:
    one, other, batch = two_and_a_file(BatchState.READING)
    batch.rows.all().delete()
    found: Any = SimpleNamespace(
        sheet="", header=["name"], total=0, rows=iter([]), notes=[], empty_rows=0, hidden_rows=0, sheets=[]
    )

    def gone(results: Results) -> bool:
        return isinstance(results[1], GivenUp) and not ImportBatch.objects.filter(pk=batch.pk).exists()

    return Race(
        by(one, lambda: actions.give_up(by=one, batch=batch)),
        lambda: reading._store(other, batch, found, lambda done: None, lambda: acting(other)),
        gone,
        written=True,
    )


@holds("exchange.actions.undoing.start_undo", "an import is undone once")
def asked_twice_to_undo() -> Race:
    one, other, batch = two_and_a_file(BatchState.DONE)
    return Race(
        by(one, lambda: actions.start_undo(by=one, batch=batch)),
        by(other, lambda: actions.start_undo(by=other, batch=batch)),
        one_of_two,
    )


@holds("exchange.actions.undoing.undo", "an import is undone once")
def undone_twice() -> Race:
    one, other, batch = two_and_a_file(BatchState.DONE)
    return Race(
        by(one, lambda: actions.undo(by=one, batch=batch)),
        by(other, lambda: actions.undo(by=other, batch=batch)),
        one_of_two,
    )


@holds("exchange.actions.forgetting.forget", "nothing of the person comes in while they are forgotten")
def forgotten_while_it_begins() -> Race:
    one, _other, batch = two_and_a_file(BatchState.CHECKED, counts={"new": 1})
    person = factories.person(factories.point(batch.organisation))
    machine = system(batch.organisation_id, "person.protect")
    found = traces([person.ref], ["Олена Коваленко"], "", [])

    def begun_and_forgotten(results: Results) -> bool:
        batch.refresh_from_db()
        return batch.state == BatchState.RUNNING and not any(isinstance(one, Exception) for one in results)

    return Race(
        by(one, lambda: actions.start(by=one, batch=batch, choice=Choice.ALL)),
        by(machine, lambda: forget(by=machine, person=person, traces=found, elsewhere={})),
        begun_and_forgotten,
    )
