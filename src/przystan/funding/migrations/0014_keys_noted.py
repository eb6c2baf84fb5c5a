"""A row whose primary key is changed is noted, too: the one that went, and the one that came."""

from django.db import migrations

from przystan.funding.touching import watched_anew

ENTRY = "organisation_id point_id sign day booked_on reverses_id protected minutes"
DATED = "person_id valid_from valid_to"


class Migration(migrations.Migration):
    dependencies = [("funding", "0013_kept_for_reading")]
    operations = [
        watched_anew("funding_allocation", {"programme": "programme_id"}, "programme_id", key="support_id"),
        watched_anew("funding_resultallocation", {"results": "programme_id"}, "programme_id", key="result_id"),
        watched_anew("support_support", {"support": "id"}, f"{ENTRY} service_id headcount language"),
        watched_anew("support_supportperson", {"support": "support_id"}, "support_id person_id household_id protected"),
        watched_anew("results_result", {"result": "id"}, f"{ENTRY} kind_id person_id household_id institution_id after"),
        watched_anew(
            "people_person",
            {"person": "id"},
            "sex birth_from birth_to arrived_from arrived_to protected organisation_id",
        ),
        watched_anew("people_citizenship", {"person": "person_id"}, f"{DATED} country"),
        watched_anew("people_titleheld", {"person": "person_id"}, f"{DATED} title_id"),
        watched_anew("people_dwelling", {"person": "person_id"}, f"{DATED} place_id"),
        watched_anew(
            "people_householdmember", {"person": "person_id", "household": "household_id"}, f"{DATED} household_id"
        ),
        watched_anew("reference_place", {"all": "id"}, "code path"),
        watched_anew("reference_residencetitle", {"all": "id"}, "code title_class legal_stay"),
        watched_anew("support_service", {"all": "id"}, "code"),
        watched_anew("team_point", {"all": "id"}, "code"),
    ]
