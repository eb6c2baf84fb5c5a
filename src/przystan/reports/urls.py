from django.urls import path

from .views import exporting, numbers, protected

app_name = "reports"
urlpatterns = [
    path("", numbers.index, name="index"),
    path("risks/", numbers.at_risk, name="at_risk"),
    path("protected/", protected.left_out, name="left_out"),
    path("files/<ref:ref>/", exporting.job, name="job"),
    path("files/<ref:ref>/content/", exporting.fetch, name="fetch"),
    path("<ref:ref>/", numbers.programme, name="programme"),
    path("<ref:ref>/file/", exporting.export, name="export"),
    path("<ref:programme>/<ref:ref>/", numbers.indicator, name="indicator"),
    path("<ref:programme>/<ref:ref>/list/", numbers.evidence, name="evidence"),
]
