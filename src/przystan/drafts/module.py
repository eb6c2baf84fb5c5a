"""What `drafts` declares to the rest of the house (`access.modules`)."""

from przystan.access.modules import Module

MODULE = Module(at="drafts/", guide="first-day", jobs={"drafts.throw_old": "drafts.expiry"})
