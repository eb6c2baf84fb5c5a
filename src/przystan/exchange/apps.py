from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "przystan.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
