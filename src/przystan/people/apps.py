from django.apps import AppConfig
from django.core.checks import register


class PeopleConfig(AppConfig):
    name = "przystan.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .checks import protecting_is_declared

        register(protecting_is_declared)
