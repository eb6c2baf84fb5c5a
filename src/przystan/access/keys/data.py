"""Data keys: one series for each holder (a person or a case, by `ref`) and tier; the newest version seals.

Tier 2 is closed by the centre's key file. Tiers 3 and 4 are closed for members of staff, each by their public key, and
for the emergency key, unless `escrow` was refused when the key was made.
"""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from .. import scope
from ..models import DataKey, Escrow, KeyWrap, UserKey
from ..tiers import Tier
from . import boxes, centre
from .unlocked import current, private_of


class Unreadable(Exception):
    """No key here opens it, or it was changed or moved. A template that meets one shows nothing and goes on."""

    silent_variable_failure = True


class Locked(Unreadable):
    """One's own key would open it, but is not unlocked."""


class NoKey(Exception):
    """Somebody who should read it has not set up a key of their own yet."""


def newest(holder: str, tier: Tier, organisation_id: int) -> DataKey:
    """The key that seals for this holder and tier, made on first use: for tiers 3 and 4, for who acts now."""
    found = _versions(holder, tier).first()
    if found:
        return found
    actor = scope.current()
    readers = [actor.user_id] if actor and actor.user_id and tier > Tier.T2 else []
    try:
        with transaction.atomic():
            return make(holder, tier, organisation_id, readers)
    except IntegrityError:  # somebody else has just made it
        return _versions(holder, tier)[0]


def make(holder: str, tier: Tier, organisation_id: int, readers: Iterable[int] = (), *, escrow: bool = True) -> DataKey:
    """A new key, closed for these accounts. Raises NoKey when nobody could ever open it.

    `escrow` False: the emergency key will never open it.
    """
    return _next(holder, tier, organisation_id, 1, set(readers), escrow)


def known(ref: str) -> DataKey:
    """The data key of this ref; asked for once in a request. Raises DataKey.DoesNotExist."""
    kept = current().keys
    if ref not in kept:
        kept |= _found({ref})
    if ref not in kept:
        raise DataKey.DoesNotExist
    return kept[ref]


def ahead(refs: set[str]) -> None:
    """Get these keys ready in two statements, for pages with many rows. Opens nothing that would not open singly."""
    kept = current().keys
    kept |= _found(refs - kept.keys())


def secret_of(key: DataKey) -> bytes:
    """The key itself. Raises Locked or Unreadable."""
    opened = current().opened
    if key.ref not in opened:
        opened[key.ref] = _by_centre(key) if key.tier <= Tier.T2 else _by_staff(key)
    return opened[key.ref]


def grant(holder: str, tier: Tier, user_id: int) -> None:
    """Let an account open what this holder's keys close; who grants must be able to. Raises NoKey, Locked."""
    if tier <= Tier.T2:
        return
    public = public_of(user_id)
    for key in _versions(holder, tier):
        _close_for(key, user_id, public, secret_of(key))


def revoke(holder: str, tier: Tier, user_id: int) -> None:
    """The account opens nothing of the holder from its next request on; what is written from now on has a new key."""
    if tier <= Tier.T2:
        return
    keys = list(_versions(holder, tier))
    KeyWrap.objects.filter(key__in=keys, user_id=user_id).delete()
    current().keys.clear()
    if keys:
        wraps = KeyWrap.objects.filter(key=keys[0], user__isnull=False, expires_at=None)
        staying = set(wraps.values_list("user_id", flat=True))
        _next(holder, tier, keys[0].organisation_id, keys[0].version + 1, staying, keys[0].in_escrow)


def destroy(holders: Collection[str]) -> int:
    """Erasure: every key of these holders goes with its wraps; what they sealed is noise from now on, in backups too.

    Returns how many keys there were.
    """
    gone = DataKey.objects.filter(holder__in=holders).delete()[1]
    current().forget()
    return gone.get("access.DataKey", 0)


def forget_lent() -> int:
    """Keys lent for emergency looks that are over go from the table; returns how many."""
    return KeyWrap.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def destroy_tier(holder: str, tier: Tier) -> None:
    """The keys of one tier go: nothing is sealed with them any more."""
    DataKey.objects.filter(holder=holder, tier=tier).delete()
    current().forget()


def readers(holder: str, tier: Tier) -> set[int]:
    """Accounts that can open the newest key now."""
    key = _versions(holder, tier).first()
    return set(_standing(key).values_list("user_id", flat=True)) if key else set()


def public_of(user_id: int) -> bytes:
    """The public key of an account whose owner has typed back the printed code. Raises NoKey."""
    found = UserKey.objects.filter(user_id=user_id, recovery_confirmed_at__isnull=False).first()
    if found is None:
        raise NoKey(user_id)
    return bytes(found.public)


def _versions(holder: str, tier: Tier) -> QuerySet[DataKey]:
    return DataKey.objects.filter(holder=holder, tier=tier).order_by("-version")


def _next(holder: str, tier: Tier, organisation_id: int, version: int, readers: set[int], escrow: bool) -> DataKey:
    publics = {} if tier <= Tier.T2 else {user_id: public_of(user_id) for user_id in readers}
    emergency = Escrow.objects.in_force(organisation_id) if escrow and tier > Tier.T2 else None
    if tier > Tier.T2 and not publics and emergency is None:
        raise NoKey
    values = {"holder": holder, "tier": tier, "version": version, "in_escrow": escrow}
    key = DataKey.objects.create(organisation_id=organisation_id, **values)
    secret = current().opened[key.ref] = boxes.new_key()
    if tier <= Tier.T2:
        number, blob = centre.close(secret, key.ref.encode())
        KeyWrap.objects.create(key=key, opener=KeyWrap.Opener.CENTRE, centre_key=number, blob=blob)
    for user_id, public in publics.items():
        _close_for(key, user_id, public, secret)
    if emergency:
        blob = boxes.box(bytes(emergency.public), secret)
        KeyWrap.objects.create(key=key, opener=KeyWrap.Opener.ESCROW, blob=blob)
    return key


def _close_for(key: DataKey, user_id: int, public: bytes, secret: bytes) -> None:
    values = {"blob": boxes.box(public, secret), "expires_at": None}
    KeyWrap.objects.update_or_create(key=key, opener=KeyWrap.Opener.STAFF, user_id=user_id, defaults=values)


def _found(refs: set[str]) -> dict[str, DataKey]:
    """Keys with the wraps that who asks, or the centre, may open. Who asks stays the same while the system acts."""
    actor = scope.current()
    asking = {actor.user_id if actor else None, current().user_id} - {None}
    mine = Q(_unexpired(), opener=KeyWrap.Opener.STAFF, user_id__in=asking)
    wraps = KeyWrap.objects.filter(mine | Q(opener=KeyWrap.Opener.CENTRE))
    keys = DataKey.objects.filter(ref__in=refs).prefetch_related(Prefetch("wraps", wraps)) if refs else ()
    return {key.ref: key for key in keys}


def _wrap(key: DataKey, opener: KeyWrap.Opener, user_id: int | None) -> KeyWrap | None:
    """For this opener: as it was fetched with the key, else asked for."""
    wraps = (
        key.wraps.all() if "wraps" in getattr(key, "_prefetched_objects_cache", ()) else key.wraps.filter(_unexpired())
    )
    return next((wrap for wrap in wraps if (wrap.opener, wrap.user_id) == (opener, user_id)), None)


def _by_centre(key: DataKey) -> bytes:
    wrap = _wrap(key, KeyWrap.Opener.CENTRE, None)
    if wrap is None:
        raise Unreadable
    try:
        return boxes.reopen(centre.key(wrap.centre_key), bytes(wrap.blob), key.ref.encode())
    except (boxes.Closed, centre.CentreKeyMissing) as error:
        raise Unreadable from error


def _by_staff(key: DataKey) -> bytes:
    actor = scope.current()
    if actor is None or actor.user_id is None:
        raise Unreadable
    wrap = _wrap(key, KeyWrap.Opener.STAFF, actor.user_id)
    if wrap is None:
        raise Unreadable
    private = private_of(actor.user_id)
    if private is None:
        raise Locked
    try:
        return boxes.unbox(private, bytes(wrap.blob))
    except boxes.Closed as error:
        raise Unreadable from error


def _standing(key: DataKey) -> QuerySet[KeyWrap]:
    return KeyWrap.objects.filter(_unexpired(), key=key, opener=KeyWrap.Opener.STAFF)


def _unexpired() -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=timezone.now())
