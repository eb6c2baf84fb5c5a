"""Who may know of an entry, as SQL that is written once."""

from przystan.access.conditions import Condition
from przystan.people.models.person import IN_TEAM


class OfTheirTeam(Condition):
    """Of a support for protected people: whether an account is in a team of theirs. Values as of people's `InTeam`."""

    team = IN_TEAM.format(person="r.person_id", actor="%s", now="%s")
    sql = f"{{}} IN (SELECT r.support_id FROM support_supportperson r WHERE r.protected AND {team})"  # noqa: S608 - constants


class OfUnlisted(Condition):
    """Of a support: whether an account is on no list of who must not see somebody it is for. Value: the account."""

    sql = (
        "{} NOT IN (SELECT r.support_id FROM support_supportperson r JOIN people_exclusion x"
        " ON x.person_id = r.person_id WHERE x.user_id = %s)"
    )
