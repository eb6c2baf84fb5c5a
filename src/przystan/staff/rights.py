"""What may be done with records about people who work here, and by whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Care, Right

STAFF_READ = Right("staff.read", _("see who works here, and until when their papers hold"), {"coordinator"})
STAFF_WRITE = Right(
    "staff.write", _("write down agreements, trainings and checks of people who work here"), {"coordinator"}
)
HOURS_OWN = Right(
    "staff.hours", _("note their own hours"), {"interpreter", "volunteer", "coordinator"}, care=Care.HARMLESS
)
