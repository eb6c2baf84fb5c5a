"""What somebody without an account may do for `privacy`: read what happens with their data."""

from django.utils.translation import gettext_lazy as _

from przystan.links.purposes import Purpose
from przystan.people.rights import PEOPLE_WRITE

from .actions import notices
from .queries.notices import about, content, matters

READ = Purpose(
    code=notices.PURPOSE,
    right=PEOPLE_WRITE,
    title=_("Reads what happens with their data"),
    why=_("They read it in their language, on their own phone, and say that they did. It is noted on their page."),
    invitation=_("Please open this page, read it and press the button at its end."),
    thanks=_("It is noted that you have read it."),
    about=about,
    ask=notices.ask_to_read,
    matters=matters,
    content=content,
    template="privacy/_notice.html",
    button=_("I have read it"),
    answer=notices.answer,
    days=14,
    reminders=(3, 7),
)
