"""Who opens a file about somebody, or writes into it, works with them: their page is no longer masked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from przystan.casework import actions
from przystan.casework.enums import CaseKind
from przystan.people.models import TeamMember
from przystan.people.policies import sensitive
from tests.casework.conftest import Files

pytestmark = pytest.mark.django_db


def works(files: Files, who: str) -> bool:
    return sensitive(files.actor(who), type(files.person).objects.get(pk=files.person.pk)).allowed


def test_who_opens_a_file_works_with_the_person(files: Files) -> None:
    assert not works(files, "colleague")
    files.act("colleague", actions.open_case, person=files.person, kind=CaseKind.SUPPORT, title="Rent")
    assert works(files, "colleague")
    row = TeamMember.objects.get(user=files.people["colleague"])
    assert row.source == "joined"  # that there is a file, its team alone knows
    assert row.ends_at
    assert row.ends_at > timezone.now() + timedelta(days=364)


@pytest.mark.parametrize("again", ["note", "reopen"])
def test_whoever_works_in_a_file_goes_on_working_with_the_person(files: Files, again: str) -> None:
    TeamMember.objects.filter(person=files.person).delete()
    assert not works(files, "lead")
    if again == "note":
        files.act("lead", actions.write_note, case=files.case, text="She came again.")
    else:
        files.act("lead", actions.close_case, case=files.case)
        assert not works(files, "lead")
        files.act("lead", actions.reopen_case, case=files.case)
    assert works(files, "lead")
    assert not works(files, "colleague")
