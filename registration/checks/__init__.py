"""Rule files and settings as Django system checks, each with an id that operators can look up."""

from registration.checks import general
from registration.checks.forgetting import forgetting_is_sure
from registration.checks.general import (
    TAKEN,
    audit_is_published,
    corrections_fit,
    dashboard_is_safe,
    form_limits_are_sound,
    hosts_are_named,
    local_elections_load,
    operators_pages_stand_well,
    operators_settings,
    rule_files,
    secrets_are_secret,
    settings_are_safe,
    ways_are_encrypted,
    widget_releases_stand,
)
from registration.checks.messages import channels_work

__all__ = [
    "TAKEN",
    "audit_is_published",
    "channels_work",
    "corrections_fit",
    "dashboard_is_safe",
    "forgetting_is_sure",
    "form_limits_are_sound",
    "general",
    "hosts_are_named",
    "local_elections_load",
    "operators_pages_stand_well",
    "operators_settings",
    "rule_files",
    "secrets_are_secret",
    "settings_are_safe",
    "ways_are_encrypted",
    "widget_releases_stand",
]
