"""The steps of a form as HTML. Those that nobody has answered yet look the same for everybody, so they are kept."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registration.forms.bound import BoundStep

#: Steps of some hundred forms: of each place, language and partner with questions of its own.
KEPT = 2048


def in_html(steps: tuple[BoundStep, ...], *, is_blank: bool) -> list[SafeString]:
    """One piece for each step. ``is_blank``: nothing of a person stands in them, so that they may be kept."""
    language = get_language() or "en"
    return [_kept(step, language) if is_blank else _drawn(step) for step in steps]


def _drawn(step: BoundStep) -> SafeString:
    return render_to_string("apply/step.html", {"bound": step})


@lru_cache(maxsize=KEPT)
def _kept(step: BoundStep, language: str) -> SafeString:  # noqa: ARG001  the words of the template are in it
    return _drawn(step)
