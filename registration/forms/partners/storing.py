"""Whether anything of a partner's applicants is stored."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.partners.base import SettingsForm


class StoringForm(SettingsForm):
    keeps_nothing = forms.BooleanField(
        label=_("Keep nothing of our applicants"),
        required=False,
        help_text=_("People must then download their form at once. There is no code, no link and no opt-in question."),
    )
