"""The product's settings, and the drills' own kinds of outbox rows."""

from config.settings import *  # noqa: F403  the product as it is
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "drills.plugin.DrillsConfig"]
