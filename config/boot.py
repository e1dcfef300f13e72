"""What a process looks at before it serves or works: settings under which it must not start stop it, in words."""

import logging
import resource

from django.core.checks import ERROR, Tags, run_checks

logger = logging.getLogger(__name__)


def leave_no_core() -> None:
    """What a process that crashes has in its memory, people's answers among it, goes into no file. Children inherit."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_unsafe() -> None:
    """Leaves no core from here on, and ends the process if a check of the settings' safety finds an error.

    To be called once Django is set up.
    `manage.py` runs the same checks before each command; this is for servers and workers that are started without it.
    Raises SystemExit with what to change on standard error.
    """
    leave_no_core()
    found = run_checks(tags=[Tags.security])
    errors = [each for each in found if each.level >= ERROR]
    if errors:
        lines = [f"  {each.id}: {each.msg}" + (f" {each.hint}" if each.hint else "") for each in errors]
        raise SystemExit("\n".join(["This does not start with these settings (docs/settings.md):", *lines]))
    for each in found:
        logger.warning("a setting is allowed and not safe; see manage.py check", extra={"code": each.id})


def before_work(**_signal: object) -> None:
    """The same for a worker, as what a signal of Celery calls before the first task."""
    refuse_unsafe()
