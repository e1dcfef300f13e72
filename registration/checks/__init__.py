"""Rule files and settings as Django system checks, each with an id that operators can look up."""

from registration.checks.forgetting import forgetting_is_sure
from registration.checks.general import *  # noqa: F403  each is looked up by its name
from registration.checks.messages import channels_work

__all__ = ["channels_work", "forgetting_is_sure"]
