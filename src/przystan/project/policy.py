"""Which right each URL asks for. A URL that is not here is refused, and fails the build (tests/architecture)."""

from przystan.access.rights import Right as R

PUBLIC = "public"  # anyone, without login
STAFF = "staff"  # any member of staff who has logged in

POLICY: dict[str, R | str] = {
    "set_language": PUBLIC,
    "ui:components": STAFF,
}
