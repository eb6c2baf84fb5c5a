from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "przystan.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from przystan.access import leaving

        from .actions.members import end_for_excluded

        leaving.when_excluded(end_for_excluded)
