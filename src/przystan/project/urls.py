"""Every address of the product. Those of a module stand in its `urls.py`, each beside the right that it asks for."""

from django.urls import include, path, register_converter
from django.views.i18n import set_language

from przystan.access.addresses import CLOSED, PUBLIC, STAFF, opened, page
from przystan.access.modules import addresses
from przystan.access.views.session import session
from przystan.kernel.refs import RefConverter
from przystan.privacy.views.access import access_table

register_converter(RefConverter, "ref")  # before any module's addresses are read

# Login and second factor.
ALLAUTH = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "mfa_index": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_reauthenticate_webauthn": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": STAFF,
    "mfa_add_webauthn": STAFF,
    "mfa_list_webauthn": STAFF,
    "mfa_edit_webauthn": STAFF,
    "mfa_remove_webauthn": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    "mfa_download_recovery_codes": STAFF,
    "account_signup": CLOSED,
    "account_inactive": CLOSED,
    "account_email": CLOSED,
    "account_confirm_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_set_password": CLOSED,
    "account_confirm_login_code": CLOSED,
    "account_reset_password": CLOSED,
    "account_reset_password_done": CLOSED,
    "account_reset_password_from_key": CLOSED,
    "account_reset_password_from_key_done": CLOSED,
}

handler500 = "przystan.project.unavailable.server_error"
urlpatterns = [
    *addresses(),
    page("settings/access/", access_table, STAFF, "access_table", guide="privacy"),
    path("ui/", opened(include("przystan.ui.urls"), {"components": STAFF, "asset": PUBLIC}, "index")),
    page("account/session/", session, STAFF, "account_session", background=True, guide="first-day"),
    path("account/", opened(include("allauth.urls"), ALLAUTH, "first-day")),
    page("language/", set_language, PUBLIC, "set_language", guide="first-day"),
]
