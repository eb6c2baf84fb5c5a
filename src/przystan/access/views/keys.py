"""One's own key to protected files: set up, unlock, lock, another passphrase, recovery."""

import base64
import binascii
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from przystan.ui.pages import made, only_if

from .. import audit, failing, throttling
from ..failing import Way
from ..key_forms import CodeForm, PassphraseForm, RecoverForm, UnlockForm
from ..keys import escrow, staff
from ..keys.unlocked import private_of
from ..models import Escrow, PasskeyWrap, User
from ..unlocking import forget, may_hold, remember

View = Callable[..., HttpResponse]


def holders_only(view: View) -> View:
    """For whoever's role holds keys; for others the page is missing."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        only_if(may_hold(request.actor))
        return view(request)

    return guarded


@holders_only
def overview(request: HttpRequest) -> HttpResponse:
    """What there is, and what can be done next."""
    return _page(request)


@require_POST
@holders_only
def set_up(request: HttpRequest) -> HttpResponse:
    """A new key; the code to print is shown once, in the answer to this form."""
    form = PassphraseForm(request.POST)
    if code := made(form, lambda: staff.set_up(_me(request), form.cleaned_data["passphrase"])):
        audit.record(request.actor, "key.set_up", _me(request))
        return _print(request, code)
    return _page(request, set_up=form)


@require_POST
@holders_only
def confirm(request: HttpRequest) -> HttpResponse:
    """The printed code, typed back."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            staff.confirm(_me(request), form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error.messages)
        else:
            audit.record(request.actor, "key.confirm", _me(request))
            messages.success(request, _("Your key is ready. Keep the printed code where only you can find it."))
            return redirect("keys:keys")
    return _page(request, confirm=form)


@holders_only
def unlock(request: HttpRequest) -> HttpResponse:
    """Open one's key for this session, by passphrase or passkey."""
    if request.method != "POST":
        return _page(request)
    form = UnlockForm(request.POST or None, use_required_attribute="derived" not in request.POST)
    try:
        private = _opened(request, form)
    except ValidationError as error:
        if "derived" in request.POST:
            messages.error(request, " ".join(error.messages))
            return _page(request)
        form.add_error(None, error.messages)
        return _page(request, unlock=form)
    if private is None:
        return _page(request, unlock=form)
    remember(request, private)
    escrow.entrust(request.actor.organisation_id, _me(request).pk)
    audit.record(request.actor, "key.unlock", _me(request))
    return redirect(_next(request))


@require_POST
@holders_only
def lock(request: HttpRequest) -> HttpResponse:
    """Lock again, without logging out."""
    forget(request)
    messages.success(request, _("Your protected files are locked."))
    return redirect("keys:keys")


@require_POST
@holders_only
def change(request: HttpRequest) -> HttpResponse:
    """Another passphrase, and with it another code; the key must be unlocked."""
    private = private_of(_me(request).pk)
    form = PassphraseForm(request.POST)
    if private is None or not form.is_valid():
        return _page(request, change=form)
    code = staff.change(_me(request), private, form.cleaned_data["passphrase"])
    audit.record(request.actor, "key.change", _me(request))
    return _print(request, code)


@holders_only
def recover(request: HttpRequest) -> HttpResponse:
    """The passphrase is lost: the printed code and a new passphrase."""
    form = RecoverForm(request.POST or None)
    if code := made(form, lambda: _recovered(request, **form.cleaned_data)):
        audit.record(request.actor, "key.recover", _me(request))
        return _print(request, code)
    return render(request, "access/keys/recover.html", {"form": form})


def _recovered(request: HttpRequest, code: str, passphrase: str, **more: str) -> str:
    private = _tried(request, lambda: staff.by_code(_me(request), code))
    return staff.change(_me(request), private, passphrase)


@require_POST
@holders_only
def passkey(request: HttpRequest) -> HttpResponse:
    """Let a passkey open the key from now on; the key must be unlocked."""
    private = private_of(_me(request).pk)
    credential, salt, derived = _passkey_sent(request)
    if private is None or credential not in _credentials(request) or len(derived) < 32:
        messages.error(request, _("This passkey cannot open a key. The passphrase still does."))
    else:
        staff.add_passkey(_me(request), private, credential, salt, derived)
        audit.record(request.actor, "key.passkey", _me(request))
        messages.success(request, _("From now on this passkey unlocks your protected files."))
    return redirect("keys:keys")


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)


def _opened(request: HttpRequest, form: UnlockForm) -> bytes | None:
    if "derived" in request.POST:
        credential, _salt, derived = _passkey_sent(request)
        return _tried(request, lambda: staff.by_passkey(_me(request), credential, derived))
    if not form.is_valid():
        return None
    return _tried(request, lambda: staff.by_passphrase(_me(request), form.cleaned_data["passphrase"]))


def _tried(request: HttpRequest, opened: Callable[[], bytes]) -> bytes:
    """The key, as one of few tries; what does not open it is written down. ValidationError in words."""
    if not throttling.use(request, "unlock", _me(request).username):
        raise ValidationError(_("Too many tries. Wait a quarter of an hour."))
    try:
        return opened()
    except ValidationError:
        failing.note(request, Way.FILES, _me(request))
        raise


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    key = staff.state_of(_me(request))
    context = {
        "key": key,
        "is_ready": bool(key and key.recovery_confirmed_at),
        "is_open": private_of(_me(request).pk) is not None,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "set_up_form": forms.get("set_up") or PassphraseForm(),
        "confirm_form": forms.get("confirm") or CodeForm(),
        "unlock_form": forms.get("unlock") or UnlockForm(),
        "change_form": forms.get("change") or PassphraseForm(prefix=None),
        "wraps": [
            {"credential": wrap.credential, "salt": _text(bytes(wrap.salt))}
            for wrap in PasskeyWrap.objects.filter(user=_me(request))
        ],
        "credentials": _credentials(request),
        "salt": _text(secrets.token_bytes(32)),
        "emergency": Escrow.objects.select_related("asked_by", "confirmed_by").in_force(request.actor.organisation_id),
    }
    return render(request, "access/keys/page.html", context)


def _print(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "access/keys/print.html", {"code": code, "form": CodeForm()})


def _next(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if there and safe else "keys:keys"


def _credentials(request: HttpRequest) -> list[str]:
    """Ids of the account's passkeys, base64url."""
    rows = Authenticator.objects.filter(user=_me(request), type=Authenticator.Type.WEBAUTHN)
    return [row.data["credential"]["id"] for row in rows if "id" in row.data.get("credential", {})]


def _passkey_sent(request: HttpRequest) -> tuple[str, bytes, bytes]:
    try:
        return request.POST.get("credential", ""), _bytes(request, "salt"), _bytes(request, "derived")
    except binascii.Error:
        return "", b"", b""


def _bytes(request: HttpRequest, name: str) -> bytes:
    text = request.POST.get(name, "")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
