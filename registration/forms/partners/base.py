"""What the forms of the settings share: the domain's problems as sentences on their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy

from registration.domain.validation.problem import Problem
from registration.phrases.partner_settings import setting_problem


class SettingsForm(forms.Form):
    """Nothing is required by the browser: what is missing is said by the page, beside the field."""

    use_required_attribute = False

    def say(self, problems: Iterable[Problem]) -> None:
        """Put each problem on its field, unless the form found one there itself."""
        for problem in problems:
            if problem.field not in self.errors:
                self.add_error(problem.field, setting_problem(problem))


def sentence(code: str, **params: int) -> Any:
    """The sentence of a problem, in the language of whoever reads it."""
    return lazy(lambda: setting_problem(Problem(code, "", dict(params))), str)()


def line(label: Any, *, missing: str = "", **more: Any) -> forms.CharField:
    """A text of any kind: the domain says what is wrong with it. ``missing``: the problem where nothing was typed."""
    messages = {"required": sentence(missing)} if missing else {}
    return forms.CharField(label=label, required=bool(missing), error_messages=messages, **more)


def hours_field(label: Any, choices: Sequence[int], said: Callable[[int], str]) -> forms.TypedChoiceField:
    """For how many hours the old of something goes on; ``said`` says one choice in the reader's language."""
    return forms.TypedChoiceField(
        label=label, coerce=int, choices=lambda: [(hours, said(hours)) for hours in choices], initial=24
    )


class HoursForm(SettingsForm):
    """Has a field ``hours``, made by ``hours_field``."""

    @property
    def overlap(self) -> timedelta:
        """Only of a valid form."""
        return timedelta(hours=self.cleaned_data["hours"])
