"""Whatever is done to the rows of the chain, it is seen, and the first bad row is named."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from przystan.access.chain import CLOSED_OVER, START, Head, Row, canonical, link, mac_of
from przystan.access.chain_check import Bounds, Fault, Secrets, Wrong, first_fault, read
from przystan.access.models import AuditEntry

KEYS = {"1": b"k" * 32}
LENGTH = 60
EDITS = 400
OTHERS = 200  # of each other kind: 1,000 in all

Chain = list[Row]
Anchored = dict[int, tuple[bytes, str]]


def written(length: int, random: Random, secrets: Secrets = KEYS, key: str = "1", head: Head = START) -> Chain:
    """Genuine rows that follow `head`."""
    rows = [SimpleNamespace(**columns(random)) for _ in range(length)]
    link(rows, head, key, secrets[key])
    return [Row(**vars(row)) for row in rows]


def columns(random: Random) -> dict[str, object]:
    return {
        "at": datetime(2026, 11, 22, tzinfo=UTC) + timedelta(microseconds=random.randrange(10**12)),
        "actor_id": random.choice([None, 1, 2, 3]),
        "roles": random.choice(["", "adviser", "adviser coordinator"]),
        "organisation_id": random.choice([1, 2]),
        "action": random.choice(["read", "person.change", "support.record"]),
        "model": random.choice(["people.person", "support.support"]),
        "object_ref": "".join(random.choices("abcdefgh", k=12)),
        "tier": random.randrange(5),
        "fields": random.sample(["town", "title", "text"], k=2),
        "purpose": "",
        "request": f"{random.getrandbits(128):032x}",
    }


def fault(rows: Chain, head: Head | None = None, anchored: Anchored | None = None, secrets: Secrets = KEYS) -> Fault:
    """The first fault of rows as a table would give them; the head fits the last one unless it is given."""
    table = {row.seq: row for row in rows}
    in_order = [table[seq] for seq in sorted(table)]
    last = in_order[-1] if in_order else None
    head = head or (Head(last.seq, last.mac) if last else START)
    found = first_fault(
        (row for row in in_order if row.seq <= head.seq),
        Bounds(head, last.seq if last else 0),
        secrets,
        table.get,
        anchored,
    )
    assert found, "nothing was noticed"
    return found


def whole(rows: Chain) -> Head:
    return Head(rows[-1].seq, rows[-1].mac)


# One edit of each column, to something else of its kind.

CHANGES: dict[str, Callable[[Row, Random], object]] = {
    "at": lambda row, random: row.at + timedelta(microseconds=random.choice([-1, 1, 10**6])),
    "actor_id": lambda row, random: 9 if row.actor_id is None else None,
    "roles": lambda row, random: row.roles + " director",
    "organisation_id": lambda row, random: row.organisation_id + 1,
    "action": lambda row, random: row.action + "d",
    "model": lambda row, random: row.model[:-1],
    "object_ref": lambda row, random: row.object_ref[::-1] + "z",
    "tier": lambda row, random: row.tier + 1,
    "fields": lambda row, random: random.choice([row.fields[:1], row.fields[::-1], [], None, {"a": 1}]),
    "purpose": lambda row, random: "x",
    "request": lambda row, random: row.request[1:],
    "key_id": lambda row, random: random.choice(["2", "", "one"]),
    "prev": lambda row, random: flipped(row.prev, random) if row.prev else b"\0" * 32,
    "mac": lambda row, random: flipped(row.mac, random),
}


def flipped(bits: bytes, random: Random) -> bytes:
    where = random.randrange(len(bits) * 8)
    return bytes(byte ^ (1 << where % 8) if at == where // 8 else byte for at, byte in enumerate(bits))


def test_every_column_is_in_the_chain() -> None:
    named = {column.attname for column in AuditEntry._meta.concrete_fields}
    assert set(Row._fields) == named == {*CLOSED_OVER, "prev", "mac"} == {*CHANGES, "seq"}


def test_a_whole_chain() -> None:
    rows = written(LENGTH, Random(1))
    assert first_fault(rows, Bounds(whole(rows), LENGTH), KEYS, lambda seq: None) is None
    assert first_fault([], Bounds(START, 0), KEYS, lambda seq: None) is None


@pytest.mark.parametrize("round_", range(10))
def test_four_hundred_edits(round_: int) -> None:
    random = Random(round_)
    rows = written(LENGTH, random)
    for number in range(EDITS // 10):
        at = random.randrange(LENGTH)
        column = list(CHANGES)[number % len(CHANGES)]
        edited = [*rows]
        edited[at] = rows[at]._replace(**{column: CHANGES[column](rows[at], random)})
        found = fault(edited, whole(rows))
        assert found.seq == at + 1, column
        assert found.wrong == (Wrong.NO_KEY if column == "key_id" else Wrong.EDITED), column


def test_a_row_with_another_number() -> None:
    rows = written(LENGTH, Random(2))
    for seq in (LENGTH + 1, 0, -5):
        moved = [*rows[:20], rows[20]._replace(seq=seq), *rows[21:]]
        found = fault(moved, whole(rows))
        assert (found.seq, found.wrong) == ((21, Wrong.MISSING) if seq > 0 else (seq, Wrong.INSERTED))


@pytest.mark.parametrize("wrong", Wrong)
def test_a_fault_is_kept_and_said_later(wrong: Wrong) -> None:
    fault = Fault(12, wrong, "2026-11-30 08:00")
    assert read(fault.noted()) == str(fault)
    assert "12" in str(fault)


def test_what_was_kept_as_a_sentence_stays_one() -> None:
    assert read("Row 5 is missing.") == "Row 5 is missing."
    assert read("") == ""


def test_two_hundred_deletions() -> None:
    random = Random(3)
    rows = written(LENGTH, random)
    for _ in range(OTHERS // 2):
        at = random.randrange(LENGTH)
        assert fault(rows[:at] + rows[at + 1 :], whole(rows)) == Fault(at + 1, Wrong.MISSING)
        at = random.randrange(LENGTH - 1)  # and the rows behind it moved up, so that there is no gap
        moved_up = rows[:at] + [row._replace(seq=row.seq - 1) for row in rows[at + 1 :]]
        assert fault(moved_up) == Fault(at + 1, Wrong.MISSING)


def test_two_hundred_swaps() -> None:
    random = Random(4)
    rows = written(LENGTH, random)
    for _ in range(OTHERS):
        one, other = sorted(random.sample(range(LENGTH), 2))
        swapped = [*rows]
        swapped[one], swapped[other] = rows[other]._replace(seq=one + 1), rows[one]._replace(seq=other + 1)
        assert fault(swapped, whole(swapped)) == Fault(one + 1, Wrong.SWAPPED, str(other + 1))


def test_two_hundred_insertions() -> None:
    random = Random(5)
    rows = written(LENGTH, random)
    for _ in range(OTHERS):
        at = random.randrange(LENGTH)
        prev = rows[at - 1].mac if at else b""
        forged = Row(**columns(random), seq=at + 1, key_id="1", prev=prev, mac=random.randbytes(32))
        copied = rows[random.randrange(LENGTH)]._replace(seq=at + 1, prev=prev)
        for put_in in (forged, copied):
            shifted = [*rows[:at], put_in, *(row._replace(seq=row.seq + 1) for row in rows[at:])]
            if put_in.mac != rows[at].mac:
                assert fault(shifted) == Fault(at + 1, Wrong.INSERTED)


def test_a_row_put_in_at_the_end() -> None:
    random = Random(6)
    rows = written(LENGTH, random)
    forged = Row(**columns(random), seq=LENGTH + 1, key_id="1", prev=rows[-1].mac, mac=random.randbytes(32))
    assert fault([*rows, forged], whole(rows)) == Fault(LENGTH + 1, Wrong.PAST_HEAD)
    assert fault([*rows, forged]) == Fault(LENGTH + 1, Wrong.EDITED)


@pytest.mark.parametrize("start", [1, 2, 30, LENGTH - 1])
def test_chained_anew_without_the_key(start: int) -> None:
    """From any row to the end: edited, numbered and closed again, head included, with a key of the intruder's own."""
    random = Random(start)
    rows = written(LENGTH, random)
    head = Head(start - 1, rows[start - 2].mac) if start > 1 else START
    anew = written(LENGTH - start + 1, random, {"1": b"wrong" * 6}, head=head)
    assert fault([*rows[: start - 1], *anew]) == Fault(start, Wrong.RECHAINED)


def test_a_cut_tail() -> None:
    rows = written(LENGTH, Random(7))
    for cut in range(LENGTH):
        assert fault(rows[:cut], whole(rows)) == Fault(cut + 1, Wrong.MISSING)
        # Head and tail both: only what was written down elsewhere tells.
        told = {seq: (rows[seq - 1].mac, f"day {seq}") for seq in (LENGTH, LENGTH - 1) if seq > cut}
        assert fault(rows[:cut], anchored=told) == Fault(cut + 1, Wrong.CUT, f"day {min(told)}")


def test_chained_anew_with_a_stolen_key() -> None:
    rows, anew = written(LENGTH, Random(8)), written(LENGTH, Random(9))
    assert first_fault(anew, Bounds(whole(anew), LENGTH), KEYS, lambda seq: None) is None
    assert fault(anew, anchored={40: (rows[39].mac, "yesterday")}) == Fault(40, Wrong.ANCHOR, "yesterday")


def test_an_edited_head() -> None:
    rows = written(LENGTH, Random(10))
    assert fault(rows, Head(LENGTH, b"x" * 32)) == Fault(LENGTH, Wrong.HEAD)
    assert fault(rows, Head(LENGTH - 3, rows[-4].mac)) == Fault(LENGTH - 2, Wrong.PAST_HEAD)
    assert fault(rows, START) == Fault(1, Wrong.PAST_HEAD)


def test_a_chain_restored_and_continued() -> None:
    rows = written(LENGTH, Random(11))
    other = written(20, Random(12), head=Head(40, rows[39].mac))
    assert fault([*rows[:50], *other[10:]]) == Fault(51, Wrong.SPLICED)


def test_another_key_from_some_day_on() -> None:
    secrets = {"1": b"k" * 32, "2": b"l" * 32}
    random = Random(13)
    rows = written(30, random)
    rows += written(30, random, secrets, "2", whole(rows))
    assert first_fault(rows, Bounds(whole(rows), LENGTH), secrets, lambda seq: None) is None
    assert fault(rows, secrets=KEYS) == Fault(31, Wrong.NO_KEY, "2")
    back = written(10, random, secrets, "1", whole(rows))
    assert fault([*rows, *back], secrets=secrets) == Fault(61, Wrong.OLD_KEY)


@given(st.data())
def test_no_two_rows_read_the_same(data: st.DataObject) -> None:
    """Moving a character from one column to the next changes what is closed over."""
    row = written(1, Random(14))[0]
    text = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    cut, other = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    one = row._replace(roles=text[:cut], action=text[cut:])
    two = row._replace(roles=text[:other], action=text[other:])
    assert (canonical(one) == canonical(two)) == (cut == other)
    assert mac_of(one, b"", b"k") != mac_of(one, b"x" * 32, b"k")


def test_a_time_is_the_same_in_every_zone() -> None:
    from zoneinfo import ZoneInfo

    row = written(1, Random(15))[0]
    assert canonical(row) == canonical(row._replace(at=row.at.astimezone(ZoneInfo("Europe/Warsaw"))))
