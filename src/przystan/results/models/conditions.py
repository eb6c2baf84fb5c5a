"""Who may know of a result, as SQL that is written once."""

from przystan.access.conditions import Condition


class OfUnlisted(Condition):
    """Of a result's person: nobody, or somebody on whose list of who must not see them an account is not. Value: the
    account."""

    sql = "({0} IS NULL OR NOT EXISTS (SELECT 1 FROM people_exclusion x WHERE x.person_id = {0} AND x.user_id = %s))"
