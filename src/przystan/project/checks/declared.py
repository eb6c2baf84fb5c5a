"""What the SQL of our migrations leaves in the database: locks, policies, triggers and functions, in their order."""

import re
from dataclasses import dataclass, field

from django.apps import apps
from django.db.migrations import DeleteModel, RunSQL
from django.db.migrations.loader import MigrationLoader

BODY = re.compile(r"(\$\w*\$)(.*?)\1", re.DOTALL)
HELD = re.compile(r"<body (\d+)>")
COMMENT = re.compile(r"--[^\n]*")
WORDS = {
    "lock": r"ALTER TABLE (?:ONLY )?(?P<lock>\w+) (?P<to>ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY",
    "policy": r"(?:CREATE|ALTER) POLICY (?P<policy>\w+) ON (?P<policy_on>\w+)(?P<rule>[^;]*)",
    "no_policy": r"DROP POLICY (?:IF EXISTS )?(?P<no_policy>\w+) ON (?P<no_policy_on>\w+)",
    "trigger": r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (?P<trigger>\w+)\s[^;]*?\sON (?P<trigger_on>\w+)",
    "no_trigger": r"DROP TRIGGER (?:IF EXISTS )?(?P<no_trigger>\w+) ON (?P<no_trigger_on>\w+)",
    "always": r"ALTER TABLE (?P<always_on>\w+) ENABLE ALWAYS TRIGGER (?P<always>\w+)",
    "function": r"CREATE (?:OR REPLACE )?FUNCTION (?P<function>\w+)\([^;]*?<body (?P<body>\d+)>",
    "no_function": r"DROP FUNCTION (?:IF EXISTS )?(?P<no_function>\w+)",
}
STATEMENT = re.compile("|".join(f"(?:{words})" for words in WORDS.values()), re.IGNORECASE)


@dataclass
class Declared:
    """What should be there.

    `locked`: tables under row-level security, and whether it binds their owner too. `policies`: (table, name) -> what
    follows in CREATE POLICY, or in an ALTER POLICY that says all of it anew. `triggers`: (table, name) -> as in
    pg_trigger.tgenabled. `functions`: name -> body.
    """

    locked: dict[str, bool] = field(default_factory=dict)
    policies: dict[tuple[str, str], str] = field(default_factory=dict)
    triggers: dict[tuple[str, str], str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)

    def read(self, sql: str) -> None:
        """Follow the statements of one migration."""
        bodies: list[str] = []

        def hold(match: re.Match[str]) -> str:
            bodies.append(match[2])
            return f"<body {len(bodies) - 1}>"

        for found in STATEMENT.finditer(COMMENT.sub("", BODY.sub(hold, sql))):
            self._follow({name: value for name, value in found.groupdict().items() if value is not None}, bodies)

    def forget(self, table: str) -> None:
        """A table is dropped, with all that hangs on it."""
        self.locked.pop(table, None)
        for hanging in (self.policies, self.triggers):
            for key in [key for key in hanging if key[0] == table]:
                del hanging[key]

    def _follow(self, said: dict[str, str], bodies: list[str]) -> None:
        match said:
            case {"lock": table, "to": to}:
                self._lock(table, to.upper())
            case {"policy": name, "policy_on": table, "rule": rule}:
                self.policies[table, name] = HELD.sub("", rule).strip()
            case {"no_policy": name, "no_policy_on": table}:
                self.policies.pop((table, name), None)
            case {"trigger": name, "trigger_on": table}:
                self.triggers[table, name] = "O"
            case {"no_trigger": name, "no_trigger_on": table}:
                self.triggers.pop((table, name), None)
            case {"always": name, "always_on": table}:
                self.triggers[table, name] = "A"
            case {"function": name, "body": number}:
                self.functions[name] = bodies[int(number)]
            case {"no_function": name}:
                self.functions.pop(name, None)

    def _lock(self, table: str, to: str) -> None:
        if to == "DISABLE":
            self.locked.pop(table, None)
        else:
            self.locked[table] = to == "FORCE" or (to == "ENABLE" and self.locked.get(table, False))


def declared() -> Declared:
    """What all migrations of our modules come to, in the order in which they run."""
    loader = MigrationLoader(None)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("przystan.")}
    found = Declared()
    for node in in_order(loader):
        if node[0] in ours:
            for operation in loader.disk_migrations[node].operations:
                if isinstance(operation, RunSQL):
                    found.read(str(operation.sql))
                elif isinstance(operation, DeleteModel):
                    found.forget(f"{node[0]}_{operation.name_lower}")
    return found


def libraries() -> str:
    """The SQL of the migrations of the libraries that we use, one after the other: their functions are not ours."""
    loader = MigrationLoader(None)
    theirs = {config.label for config in apps.get_app_configs() if not config.name.startswith("przystan.")}
    operations = (
        one for node in in_order(loader) if node[0] in theirs for one in loader.disk_migrations[node].operations
    )
    return "\n".join(str(one.sql) for one in operations if isinstance(one, RunSQL))


def in_order(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Each migration once, after all that it depends on."""
    seen: dict[tuple[str, str], None] = {}
    for leaf in sorted(loader.graph.leaf_nodes()):
        seen.update(dict.fromkeys(loader.graph.forwards_plan(leaf)))
    return list(seen)
