"""Every address of the product. Each needs a line in `project.policy`."""

from django.urls import include, path, register_converter
from django.views.i18n import set_language

from przystan.access.views.session import session
from przystan.kernel.refs import RefConverter
from przystan.privacy.views.access import access_table

from .health import notice
from .policy import POLICY

register_converter(RefConverter, "ref")  # before any module's addresses are read

handler500 = "przystan.project.unavailable.server_error"
urlpatterns = [
    path("", include("przystan.desk.urls")),
    path("people/", include("przystan.people.urls")),
    path("cases/", include("przystan.casework.urls")),
    path("catalogue/", include("przystan.support.urls")),
    path("programmes/", include("przystan.funding.urls")),
    path("reports/", include("przystan.reports.urls")),
    path("imports/", include("przystan.exchange.urls")),
    path("team/", include("przystan.team.urls")),
    path("keys/", include("przystan.access.urls")),
    path("privacy/", include("przystan.privacy.urls")),
    path("settings/access/", access_table, {"policy": POLICY}, name="access_table"),
    path("health/", notice, name="health_notice"),
    path("ui/", include("przystan.ui.urls")),
    path("account/session/", session, name="account_session"),
    path("account/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
]
