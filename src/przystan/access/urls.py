from przystan.access.addresses import STAFF, page

from .views import keys

app_name = "keys"
urlpatterns = [
    page("", keys.overview, STAFF, "keys"),
    page("set-up/", keys.set_up, STAFF, "set_up"),
    page("code/", keys.confirm, STAFF, "confirm"),
    page("unlock/", keys.unlock, STAFF, "unlock"),
    page("lock/", keys.lock, STAFF, "lock"),
    page("change/", keys.change, STAFF, "change"),
    page("recovery/", keys.recover, STAFF, "recover"),
    page("passkey/", keys.passkey, STAFF, "passkey"),
]
