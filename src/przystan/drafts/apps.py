from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "przystan.drafts"
    label = "drafts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from przystan.access import copies, leaving

        from .actions import forget_for_excluded, forget_naming

        copies.when_thrown(forget_naming)
        leaving.when_excluded(forget_for_excluded)
