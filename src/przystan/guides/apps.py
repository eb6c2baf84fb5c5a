from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "przystan.guides"
    label = "guides"
