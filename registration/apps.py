import logging
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

logger = logging.getLogger(__name__)


class RegistrationConfig(AppConfig):
    """The one application: from the first answer to the form."""

    name = "registration"

    def ready(self) -> None:
        from registration import checks  # noqa: F401  registers the system checks
        from registration.domain import duties
        from state_rules import RuleFileError, elections
        from state_rules.catalogue import local_elections

        duties.register_all()
        if settings.LOCAL_ELECTIONS:
            try:
                elections.use_local(local_elections(Path(settings.LOCAL_ELECTIONS)))
            except RuleFileError:
                logger.exception("the file of LOCAL_ELECTIONS is left out")
