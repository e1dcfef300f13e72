"""Making a key, and how long the old one goes on when it is rotated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registration.domain.keys import LONGEST_NAME, SCOPES, KeyWish
from registration.domain.validation.text import is_blank, prints
from registration.forms.partners.base import HoursForm, SettingsForm, hours_field, line, sentence
from registration.phrases.partner_settings import MODES, SCOPE_WORDS

#: Hours that the old key works beside the new one.
OVERLAPS = (0, 1, 24, 7 * 24, 30 * 24)


def _named(scope: str) -> Any:
    """What a scope lets a key do, with its name in the API."""
    return lazy(lambda: format_html("{} <code>{}</code>", SCOPE_WORDS[scope], scope), SafeString)()


class KeyForm(SettingsForm):
    name = line(
        _("Name"),
        missing="key_name_required",
        help_text=_("For you, so that you know it again. For example: sign-up page."),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_NAME, "autocomplete": "off"}),
    )
    mode = forms.ChoiceField(
        label=_("Kind"),
        choices=list(MODES.items()),
        widget=forms.RadioSelect,
        help_text=_("A test key answers like a live one, but nothing is stored or counted."),
        error_messages={"required": sentence("key_mode"), "invalid_choice": sentence("key_mode")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope, _named(scope)) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Give it only what your program needs."),
        error_messages={"required": sentence("key_scopes"), "invalid_choice": sentence("key_scopes")},
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if is_blank(name):
            raise forms.ValidationError(sentence("key_name_required"))
        if len(name) > LONGEST_NAME or not prints(name):
            raise forms.ValidationError(sentence("bad_character") if not prints(name) else sentence("key_name_long"))
        return name

    @property
    def wish(self) -> KeyWish:
        """Only of a valid form."""
        said = self.cleaned_data
        return KeyWish(said["name"], said["mode"], tuple(said["scopes"]))


def _hours(hours: int) -> str:
    if not hours:
        return str(_("It stops at once"))
    if hours % 24:
        return ngettext("%(count)s more hour", "%(count)s more hours", hours) % {"count": hours}
    return ngettext("%(count)s more day", "%(count)s more days", hours // 24) % {"count": hours // 24}


class OverlapForm(HoursForm):
    hours = hours_field(_("How long the old one still works"), OVERLAPS, _hours)
