"""Who is put on a person's list leaves the teams of their files, and their keys go."""

from przystan.access.models import KeyWrap
from przystan.access.scope import acting
from przystan.casework import actions
from przystan.casework.enums import CaseKind, MemberRole
from przystan.casework.models import CaseFile, CaseMember
from przystan.people import actions as people
from tests import factories

from .conftest import Files


def test_exclusion_ends_the_work_on_files(files: Files) -> None:
    other = factories.person(files.point)
    elsewhere = files.act("lead", actions.open_case, person=other, kind=CaseKind.SUPPORT, title="Other")
    files.act("lead", actions.name_member, case=elsewhere, user=files.people["member"])
    files.act("coordinator", people.exclude, person=files.person, user=files.people["member"])
    rows = CaseMember.objects.filter(user=files.people["member"])
    assert rows.get(case=files.case).ends_at
    assert rows.get(case=elsewhere).ends_at is None
    files.act("coordinator", people.readmit, person=files.person, user=files.people["member"])
    actor = files.actor("member")
    with acting(actor):
        assert not CaseFile.objects.seen_by(actor).filter(pk=files.case.pk).exists()


def test_exclusion_takes_the_keys(files: Files) -> None:
    files.with_key("lawyer", "lawyer2")
    case = files.act("lawyer", actions.open_case, person=files.person, kind=CaseKind.LEGAL, title="Sealed")
    files.act("lawyer", actions.name_member, case=case, user=files.people["lawyer2"])
    mine = KeyWrap.objects.filter(key__holder=case.ref, user=files.people["lawyer2"])
    assert mine.exists()
    files.act("coordinator", people.exclude, person=files.person, user=files.people["lawyer2"])
    assert not mine.exists()
    assert KeyWrap.objects.filter(key__holder=case.ref, user=files.people["lawyer"]).exists()


def test_a_file_whose_lead_is_excluded_is_led_by_the_next(files: Files) -> None:
    files.act("coordinator", people.exclude, person=files.person, user=files.people["lead"])
    assert CaseMember.objects.get(case=files.case, user=files.people["lead"]).ends_at
    assert CaseMember.objects.get(case=files.case, user=files.people["member"]).role == MemberRole.LEAD
