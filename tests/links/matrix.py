"""What links, and what is asked by them, bring to the tests that hold for every module (tests/harness/modules.py)."""

from datetime import timedelta

from django.utils import timezone

from przystan.links.models import Link
from przystan.links.tokens import digest_of, new_token
from przystan.people.models import Person
from przystan.people.rights import PEOPLE_WRITE
from przystan.privacy.loading import load_notices
from przystan.privacy.models import Notice
from tests.matrix.addresses import Address, Refs, ref

BOTH, POST = "GET POST", "POST"
link, token = ref("link"), ref("token", "token")


def shown(refs: Refs, obj: str) -> dict[str, str]:
    """Which version of the text the page of the question had."""
    return {"shown": "1"}


ADDRESSES = [
    Address("links:index"),
    Address(
        "links:new",
        BOTH,
        "person",
        kwargs=ref("person", purpose="privacy.notice"),
        data=lambda refs, obj: {"language": "uk"},
        needs=frozenset({PEOPLE_WRITE}),
    ),
    Address("links:link", BOTH, "maker", kwargs=link),
    Address("links:renew", POST, "maker", kwargs=link),
    Address("links:revoke", POST, "maker", kwargs=link),
    Address("links:reminded", POST, "maker", kwargs=ref("reminder")),
    *(Address(f"links:{name}", BOTH, "code", kwargs=token, data=shown) for name in ("cover", "question", "answer")),
]


def rows(person: Person) -> None:
    """A link that asks this person to read what happens with their data."""
    load_notices()
    made = Link.objects.create(
        organisation_id=person.organisation_id,
        purpose="privacy.notice",
        language="uk",
        digest=digest_of(new_token()),
        expires_at=timezone.now() + timedelta(days=9),
    )
    Notice.objects.create(person=person, link=made)


# What its forms leave in the audit log; "" where the hostile scene fills in nothing that is taken.
DEEDS = {
    "links:new": "link.renew",
    "links:question": "link.open",
}
