"""How often links may be asked for: each by itself, and all together from one address.

Counted before anything is looked up, so that a refusal says nothing about whether a link exists.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from .tokens import digest_of

# An address may be a whole shelter or a mobile network; a token cannot be guessed, so this is against floods.
RATES = {"link": "40/10m/key,300/10m/ip"}


def within(request: HttpRequest, token: str) -> bool:
    """Count one try; False when there were too many."""
    used = ratelimit.consume(request, app="przystan", action="link", config=RATES, key=digest_of(token), limit_get=True)
    return used is not None
