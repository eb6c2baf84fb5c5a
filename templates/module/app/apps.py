from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "przystan.sample"
    label = "sample"
    default_auto_field = "django.db.models.BigAutoField"
