"""What a person may be allowed to do: the verbs of the policy table."""

from enum import StrEnum


class Right(StrEnum):
    """One verb each. Roles are sets of these (`access.roles`); URLs ask for them (`project.policy`)."""

    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    PEOPLE_MERGE = "people.merge"
    SUPPORT_READ = "support.read"
    SUPPORT_LOG = "support.log"
    LEDGER_CLOSE = "ledger.close"
    PAYER_CHOOSE = "payer.choose"
    PROGRAMMES_READ = "programmes.read"
    PROGRAMMES_WRITE = "programmes.write"
    REPORTS_READ = "reports.read"
    EVIDENCE_READ = "evidence.read"
    REPORTS_EXPORT = "reports.export"
    IMPORT = "import"
    TEAM_READ = "team.read"
    TEAM_WRITE = "team.write"
    CATALOGUE_WRITE = "catalogue.write"
    SETTINGS = "settings"
