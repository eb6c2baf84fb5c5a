"""Who holds a link: an actor of their own, to the database too."""

from collections.abc import Iterator
from contextlib import contextmanager

from przystan.access.actors import Actor, bearer
from przystan.access.scope import acting

from .models import Link
from .rights import LINK_ANSWER
from .tokens import digest_of


@contextmanager
def holding(token: str) -> Iterator[tuple[Actor, Link] | None]:
    """A transaction of whoever holds this token: as whom they act, and the link; None when it leads nowhere.

    The link is found by the lock of the database itself: nobody's sight is wider, not even for one statement.
    """
    digest = digest_of(token)
    with acting(bearer(0, digest, frozenset())):
        link = Link.objects.select_related("organisation").filter(digest=digest).first()
        yield (bearer(link.organisation_id, digest, frozenset({LINK_ANSWER})), link) if link else None
