"""The steps of a blank form: kept from the one before, against drawn anew for each visitor."""

from __future__ import annotations

import os

from bench.measure import Way, measure, table

KEPT, ANEW = "steps of a blank form, kept", "steps of a blank form, drawn anew"
TIMES = 5
CODE = "GA"


def run() -> tuple[str, list[str]]:
    """The table, and the promises that are not kept."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from registration.forms.application_form import ApplicationForm
    from registration.views import steps
    from registration.views.place import form_setting
    from state_rules import load

    blank = ApplicationForm(form_setting(load(CODE), None)).bound(())

    def drawn(*, is_blank: bool) -> bytes:
        return "".join(steps.in_html(blank, is_blank=is_blank)).encode()

    figures = measure([Way(KEPT, lambda: drawn(is_blank=True)), Way(ANEW, lambda: drawn(is_blank=False))])
    seconds = {figure.name: figure.seconds for figure in figures}
    ratio = seconds[ANEW] / seconds[KEPT]
    broken = [f"kept steps are {ratio:.1f} times cheaper, less than {TIMES}"] if ratio < TIMES else []
    return table("A blank form", figures, KEPT), broken
