"""What seats lets people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right

SEATS_READ = Right("seats.read", _("see seats in closed groups"), {"psychologist", "case_manager"}, reads=True)
