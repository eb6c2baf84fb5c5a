"""Whoever counts reads what is kept, and writes none of it; notes are read by the organisation that they concern."""

from django.db import migrations

from przystan.access.locks import functions, narrow, relock
from przystan.funding.locks import FUNCTIONS

OWN = "(organisation_id = (SELECT app_org()) OR (SELECT app_reaches_all()))"
SYSTEM = "(SELECT app_purpose()) = 'system'"
ALL = "(SELECT app_reaches_all())"
COUNTED = "(SELECT app_purpose()) IN ('system', 'statistics')"
OURS = "(NOT (SELECT app_is_apart()) OR app_owns_note(what, key))"
FIGURES = f"{OWN} AND ({COUNTED})"


class Migration(migrations.Migration):
    dependencies = [("funding", "0012_touched"), ("team", "0003_own_functions"), ("people", "0010_relied_on")]
    operations = [
        functions(FUNCTIONS),
        relock("funding_touched", f"{COUNTED} AND ({ALL} OR {OURS})", COUNTED, written="false"),
        narrow("funding_touched", removed=ALL),
        relock("funding_keptfigure", FIGURES, FIGURES, written=f"{OWN} AND {SYSTEM}"),
        narrow("funding_keptfigure", removed=SYSTEM),
    ]
