"""Whatever figures are made of is noted when it changes, so that what is kept of them is counted anew."""

from django.db import migrations

from przystan.funding.touching import NO_NOTE, NOTE, watched

ENTRY = "organisation_id point_id sign day booked_on reverses_id protected minutes"
DATED = "person_id valid_from valid_to"
CHANGED = ("UPDATE", "DELETE")


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0011_kept_figures"),
        ("support", "0011_booked_days"),
        ("results", "0006_kinds_edited"),
        ("people", "0010_relied_on"),
        ("reference", "0001_initial"),
        ("team", "0003_own_functions"),
    ]
    operations = [
        migrations.RunSQL(NOTE, NO_NOTE),
        # Who pays. What is only new of supports is noted with its entry.
        watched("funding_allocation", {"programme": "programme_id"}, "programme_id", on=CHANGED, key="support_id"),
        watched("funding_resultallocation", {"results": "programme_id"}, "programme_id", key="result_id"),
        # Both ledgers. A new entry is in no figure before it has a payer.
        watched("support_support", {"support": "id"}, f"{ENTRY} service_id headcount language", on=CHANGED),
        watched("support_supportperson", {"support": "support_id"}, "support_id person_id household_id protected"),
        watched(
            "results_result",
            {"result": "id"},
            f"{ENTRY} kind_id person_id household_id institution_id after",
            on=CHANGED,
        ),
        # Facts about people.
        watched(
            "people_person",
            {"person": "id"},
            "sex birth_from birth_to arrived_from arrived_to protected organisation_id",
            on=CHANGED,
        ),
        watched("people_citizenship", {"person": "person_id"}, f"{DATED} country"),
        watched("people_titleheld", {"person": "person_id"}, f"{DATED} title_id"),
        watched("people_dwelling", {"person": "person_id"}, f"{DATED} place_id"),
        watched(
            "people_householdmember", {"person": "person_id", "household": "household_id"}, f"{DATED} household_id"
        ),
        # What the codes of rules mean.
        watched("reference_place", {"all": "id"}, "code path", on=CHANGED),
        watched("reference_residencetitle", {"all": "id"}, "code title_class legal_stay", on=CHANGED),
        watched("support_service", {"all": "id"}, "code", on=CHANGED),
        watched("team_point", {"all": "id"}, "code", on=CHANGED),
    ]
