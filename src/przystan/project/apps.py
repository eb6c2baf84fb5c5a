from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "przystan.project"
    label = "project"
