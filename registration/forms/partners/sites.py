"""Allowing a site."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.partners.base import SettingsForm, line


class SiteForm(SettingsForm):
    site = line(
        _("Address of the site"),
        missing="site_required",
        help_text=_("For example https://www.example.org. Add each one that shows the widget."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "spellcheck": "false"}),
    )
