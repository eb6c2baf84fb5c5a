"""What programmes ask: of a person, and of the support that they may pay for."""

from django.utils.translation import gettext_lazy as _

from przystan.rules.vocabulary import Vocabulary, about
from przystan.rules.words import Frame

PAYERS = Vocabulary(
    Frame(
        asks=_("%(has)s; this programme takes %(asked)s"),
        refuses=_("%(has)s; this programme does not take %(asked)s"),
        everyone=_("this programme takes everyone"),
        no_one=_("this programme takes no one"),
    ),
    lambda: about("person", "support"),
)
