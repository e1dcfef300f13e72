"""What a server process does before its first request."""

import logging

from django.db import DatabaseError, connections
from django.utils import timezone

import state_rules

logger = logging.getLogger(__name__)


def start() -> None:
    """Warm up, and hold no connection that no request would ever use."""
    warm()
    connections.close_all()


def warm() -> None:
    """Read the rules, so that a file broken later never reaches the running site, and what operators changed, so that
    it is known should the database go away. A database that is away, or not prepared, does not stop the start.

    To be called once Django is set up.
    """
    from api.rules import edition
    from registration.domain import rules, switches

    state_rules.load_all()
    edition.warm()
    try:
        switches.warm(timezone.now())
        rules.warm()
    except DatabaseError:
        logger.exception("switches and corrections could not be read at the start")
