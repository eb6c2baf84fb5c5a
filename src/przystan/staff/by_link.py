"""What somebody without an account may do for `staff`: say that noted time was so."""

from django.utils.translation import gettext_lazy as _

from przystan.links.purposes import Purpose

from .actions import asking
from .queries.asking import about, content, matters
from .rights import STAFF_WRITE

CONFIRM = Purpose(
    code=asking.PURPOSE,
    right=STAFF_WRITE,
    title=_("Confirms time that somebody noted for them"),
    why=_("They see the day, how long it was and at which point, and say that it was so. It is noted as confirmed."),
    invitation=_("Please open this page, look at the time that was noted, and press the button if it was so."),
    thanks=_("It is noted that it was so."),
    about=about,
    ask=asking.ask_to_confirm,
    matters=matters,
    content=content,
    template="staff/_hour_asked.html",
    button=_("It was so"),
    answer=asking.confirm_by_link,
    days=14,
    reminders=(3, 7),
)
