from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """The one application: from the first answer to the form."""

    name = "registration"

    def ready(self) -> None:
        from registration import checks  # noqa: F401  registers the system checks
