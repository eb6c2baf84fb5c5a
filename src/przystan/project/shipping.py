"""What modules ship as files is put into rows once for each state of these files, not at each start."""

from hashlib import sha256

from django.db import connection

from .cluster import PACKAGE

READ = "SELECT obj_description('reference_place'::regclass, 'pg_class')"
WRITE = "COMMENT ON TABLE reference_place IS "
FILES = ("*/data/*.toml", "*/loading.py")  # what is shipped, and how it becomes rows


def load_if_changed() -> None:
    """Add the reference data of this version that the centre does not have yet; what it has stays as it is.

    Which state was loaded is a comment in the database: it goes where the rows go, into a dump as well. Within
    `acting`, as the owner: it writes for the whole installation.
    """
    if loaded() != (now := mark()):
        load()
        with connection.cursor() as cursor:
            cursor.execute(f"{WRITE}'{now}'")


def loaded() -> str:
    """The mark of what was loaded last; "" where nothing was."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return str(cursor.fetchone()[0] or "")


def mark() -> str:
    """Differs for other files of this version."""
    digest = sha256()
    for path in sorted(path for pattern in FILES for path in PACKAGE.glob(pattern)):
        digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"shipped {digest.hexdigest()}"


def load() -> None:
    """Load all of it."""
    from przystan.institutions.loading import load_institution_kinds
    from przystan.people.loading import load_consents
    from przystan.privacy.loading import load_notices, load_retention
    from przystan.reference.loading import load_reference
    from przystan.results.loading import load_kinds
    from przystan.staff.loading import load_paper_kinds
    from przystan.support.loading import load_catalogue

    load_reference()
    load_institution_kinds()
    load_paper_kinds()
    load_catalogue()
    load_kinds()
    load_consents()
    load_notices()
    load_retention()
