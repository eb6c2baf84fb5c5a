"""Which right each URL asks for. A URL that is not here is refused, and fails the build (tests/architecture)."""

from przystan.access.rights import Right as R

PUBLIC = "public"  # anyone, without login
STAFF = "staff"  # any member of staff who has logged in
CLOSED = "closed"  # comes with a library and is not used here: answers "not found" to everybody

POLICY: dict[str, R | str] = {
    # login and second factor (allauth)
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
    "account_inactive": PUBLIC,
    "account_email": CLOSED,
    "account_confirm_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_set_password": CLOSED,
    "account_reset_password": CLOSED,
    "account_reset_password_done": CLOSED,
    "account_reset_password_from_key": CLOSED,
    "account_reset_password_from_key_done": CLOSED,
    "account_confirm_login_code": CLOSED,
    "account_request_login_code": CLOSED,
    "mfa_trust": CLOSED,
    "mfa_signup_webauthn": CLOSED,
    # project
    "set_language": PUBLIC,
    "ui:components": STAFF,
    "ui:asset": PUBLIC,
    # team
    "team:members": R.TEAM_READ,
    "team:add": R.TEAM_WRITE,
    "team:member": R.TEAM_READ,
    "team:lock": R.TEAM_WRITE,
    "team:reset": R.TEAM_WRITE,
    "team:end_role": R.TEAM_WRITE,
    "team:roles": STAFF,
    "team:points": STAFF,
    "team:add_point": R.SETTINGS,
    "team:point": R.SETTINGS,
    # people
    "people:search": R.PEOPLE_READ,
    "people:suggest": R.PEOPLE_READ,
    "people:register": R.PEOPLE_WRITE,
    "people:register_start": R.PEOPLE_WRITE,
    "people:identity": R.PEOPLE_WRITE,
    "people:join": R.PEOPLE_WRITE,
    "people:relate": R.PEOPLE_WRITE,
    "people:fact_add": R.PEOPLE_WRITE,
    "people:fact_change": R.PEOPLE_WRITE,
    "people:fact_end": R.PEOPLE_WRITE,
    "people:fact_remove": R.PEOPLE_WRITE,
    "people:duplicates": R.PEOPLE_MERGE,
    "people:find_same": R.PEOPLE_MERGE,
    "people:compare": R.PEOPLE_MERGE,
    "people:merge": R.PEOPLE_MERGE,
    "people:undo_merge": R.PEOPLE_MERGE,
    "people:different": R.PEOPLE_MERGE,
    # desk
    "desk:person": R.PEOPLE_READ,
    "desk:settings": STAFF,
}
