from django.urls import path

from .views import keys

app_name = "keys"
urlpatterns = [
    path("", keys.page, name="keys"),
    path("set-up/", keys.set_up, name="set_up"),
    path("code/", keys.confirm, name="confirm"),
    path("unlock/", keys.unlock, name="unlock"),
    path("lock/", keys.lock, name="lock"),
    path("change/", keys.change, name="change"),
    path("recovery/", keys.recover, name="recover"),
    path("passkey/", keys.passkey, name="passkey"),
]
