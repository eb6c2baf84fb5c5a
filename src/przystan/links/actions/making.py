"""Links are made, made anew and revoked by staff. The token is in what comes back, and nowhere else."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from przystan.access import audit
from przystan.access.actors import Actor

from ..managing import require_manage
from ..models import Link, Made
from ..purposes import Purpose, declared, purpose_of
from ..tokens import code_digest, digest_of, new_code, new_token


@transaction.atomic
def make(*, by: Actor, purpose: str, language: str) -> Made:
    """A new link, to be sent in `language`. `purpose`: its code. Whoever asks keeps a row with a key to the link."""
    found = declared()[purpose]
    by.require(found.right)
    link = Link(organisation_id=by.organisation_id, purpose=purpose, by_id=by.user_id)
    made = _opened_anew(link, found, language)
    audit.record(by, "link.make", link)
    return made


@transaction.atomic
def renew(*, by: Actor, link: Link, language: str = "") -> Made:
    """Another token for the same question: the one before leads nowhere. ValidationError once answered or revoked."""
    link = _locked(link)
    require_manage(by, link)
    purpose = purpose_of(link)
    if purpose is None or link.used or link.revoked_at:
        raise ValidationError(_("This link was answered or revoked. Ask anew where it was made."))
    by.require(purpose.right)
    link.by_id = by.user_id
    made = _opened_anew(link, purpose, language or link.language)
    link.reminders.all().delete()
    audit.record(by, "link.renew", link)
    return made


@transaction.atomic
def revoke(*, by: Actor, link: Link) -> None:
    """From now on it leads nowhere. What was answered stays. Doing it twice does no harm."""
    link = _locked(link)
    require_manage(by, link)
    if link.revoked_at:
        return
    link.revoked_at, link.revoked_by_id = timezone.now(), by.user_id
    link.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(by, "link.revoke", link)


@transaction.atomic
def lead_nowhere(*, by: Actor, keys: set[Any]) -> None:
    """Those whom these links ask about are erased or protected: no token opens one, or shows that it was answered.

    That something was asked, when, and whether it was answered stays: it tells of nobody (`Link`).
    """
    for link in Link.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        is_open = link.is_open
        link.digest, link.code = digest_of(new_token()), ""
        if not link.revoked_at:
            link.revoked_at, link.revoked_by_id = timezone.now(), by.user_id
        link.save(update_fields=["digest", "code", "revoked_at", "revoked_by"])
        link.reminders.filter(done_at=None).update(done_at=timezone.now())
        if is_open:
            audit.record(by, "link.revoke", link)


def _locked(link: Link) -> Link:
    return Link.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=link.pk)


def _opened_anew(link: Link, purpose: Purpose, language: str) -> Made:
    """Written with a fresh token, as if it had never been opened."""
    made = Made(link, new_token(), new_code() if purpose.second else "")
    now = timezone.now()
    link.digest = digest_of(made.token)
    link.code = code_digest(link.digest, made.code) if made.code else ""
    link.language, link.uses, link.wrong_codes = language, purpose.uses, 0
    link.made_at, link.expires_at = now, now + timedelta(days=purpose.days)
    link.opened_at = link.silent_at = None
    link.full_clean(exclude=["opened_at", "answered_at", "silent_at", "revoked_at", "revoked_by", "by"])
    link.save()
    return made
