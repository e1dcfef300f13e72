"""The API as a Django app: no models, but checks of its settings."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"

    def ready(self) -> None:
        from api import checks  # noqa: F401  importing registers them
