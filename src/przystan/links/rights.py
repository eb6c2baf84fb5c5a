"""What links let people do, and whom."""

from django.utils.translation import gettext_lazy as _

from przystan.access.rights import Right

LINK_ANSWER = Right("links.answer", _("answer what a link asks, without an account"), ())
