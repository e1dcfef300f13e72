"""An address that is told what happens, and what of its log is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as now_said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registration.domain.validation.problem import Problem
from registration.domain.webhooks import SELECTABLE, Wish
from registration.forms.partners.base import HoursForm, SettingsForm, hours_field
from registration.models import WebhookEndpoint
from registration.phrases.partner_settings import EVENT_WORDS, STATE_WORDS
from registration.phrases.webhooks import webhook_problem

#: Hours that messages are signed with the former secret, too.
OVERLAPS = (0, 1, 24, 7 * 24)


def _reach() -> str:
    """Where messages can go, which is more on a developer's own machine."""
    if settings.WEBHOOK_ALLOW_LOOPBACK:
        return now_said(
            "Like https://www.example.org/hooks/voting. It must be reachable from the internet, or be on this machine, "
            "like http://127.0.0.1:9000/hook."
        )
    return now_said("Like https://www.example.org/hooks/voting. It must be reachable from the internet.")


def _sentence(code: str, **params: str) -> Any:
    """The sentence of a problem, in the language of whoever reads it."""
    return lazy(lambda: webhook_problem(Problem(code, "", dict(params))), str)()


class EndpointForm(SettingsForm):
    url = forms.CharField(
        label=_("Address"),
        help_text=lazy(_reach, str)(),
        error_messages={"required": _sentence("webhook_url_required")},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told"),
        choices=[(event, EVENT_WORDS[event]) for event in SELECTABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _sentence("webhook_events_required"),
            "invalid_choice": _sentence("webhook_event_unknown", event="%(value)s"),
        },
    )

    def wish(self, *, enabled: bool = True) -> Wish:
        """What was typed, right or wrong: the domain says what is wrong with it."""
        return Wish(self.data.get("url", "").strip(), tuple(self.data.getlist("events")), enabled)  # type: ignore[attr-defined]

    def say_all(self, problems: tuple[Problem, ...]) -> None:
        """Each on its field, unless the form found one there itself."""
        found = set(self.errors)
        for problem in problems:
            if problem.field in found:
                continue
            self.add_error(problem.field or None, webhook_problem(problem))

    @classmethod
    def showing(cls, endpoint: WebhookEndpoint) -> EndpointForm:
        return cls(initial={"url": endpoint.url, "events": endpoint.events})


def _hours(hours: int) -> str:
    if not hours:
        return str(_("Not at all"))
    if hours % 24:
        return ngettext("For %(count)s hour", "For %(count)s hours", hours) % {"count": hours}
    return ngettext("For %(count)s day", "For %(count)s days", hours // 24) % {"count": hours // 24}


class SecretForm(HoursForm):
    hours = hours_field(_("How long messages are signed with the old secret, too"), OVERLAPS, _hours)


class LogForm(SettingsForm):
    """What is shown of the log. A value that nobody offers shows everything."""

    state = forms.ChoiceField(label=_("How it went"), required=False, choices=[("", _("Any")), *STATE_WORDS.items()])
    endpoint = forms.ChoiceField(label=_("Endpoint"), required=False)

    def __init__(self, *args: Any, endpoints: list[WebhookEndpoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Any")), *((str(each.public_id), each.url) for each in endpoints)]
        self.fields["endpoint"].choices = choices  # type: ignore[attr-defined]
