from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "przystan.errands"
    label = "errands"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from przystan.access import copies, leaving

        from .actions import forget_for_excluded, throw_made

        copies.when_thrown(throw_made)
        leaving.when_excluded(forget_for_excluded)
