"""Two who change one file at once: see tests/harness/races.py."""

from przystan.access.keys import centre as centre_keys
from przystan.casework import actions
from przystan.casework.enums import MemberRole
from tests.casework.conftest import build
from tests.harness.races import Race, by, holds, one_of_two


@holds("casework.actions.cases.locked", "a file is closed or opened once")
def closed_while_somebody_writes() -> Race:
    files = build()
    lead, member = files.actor("lead"), files.actor("member")
    return Race(
        by(lead, lambda: actions.close_case(by=lead, case=files.case)),
        by(member, lambda: actions.write_note(by=member, case=files.case, text="She called.")),
        one_of_two,
    )


@holds("casework.actions.members.end_member", "the last two who lead do not both go")
def both_leads_go() -> Race:
    files = build()
    lead, other = files.actor("lead"), files.actor("colleague")
    by(
        lead,
        lambda: actions.name_member(by=lead, case=files.case, user=files.people["colleague"], role=MemberRole.LEAD),
    )()
    return Race(
        by(lead, lambda: actions.end_member(by=lead, case=files.case, user=files.people["lead"])),
        by(other, lambda: actions.end_member(by=other, case=files.case, user=files.people["colleague"])),
        one_of_two,
    )


@holds("access.keys.centre.rewrap", "two commands never close one key twice")
def rewrapped_twice() -> Race:
    build()
    while centre_keys.rewrap():
        pass
    centre_keys.renew()
    waiting = centre_keys.waiting()
    return Race(centre_keys.rewrap, centre_keys.rewrap, lambda results: results == [waiting, 0], waits=False)
