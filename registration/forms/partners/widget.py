"""How the widget looks, and the lines to copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registration.domain.counting import WORD
from registration.domain.logos import LONGEST_ALT, MOST_BYTES
from registration.domain.theme import MOST_RADIUS, OUR_BAND, OUR_COLOUR, Theme
from registration.forms.partners.base import SettingsForm, line, sentence
from registration.phrases import jurisdiction_name
from registration.phrases.partner_settings import FONTS
from state_rules import JURISDICTIONS, load

_COLOUR = {"spellcheck": "false", "autocapitalize": "off", "data-colour": ""}


class ThemeForm(SettingsForm):
    primary = line(
        _("Color of buttons and links"),
        help_text=_("Like %(colour)s. Leave it empty for ours.") % {"colour": OUR_COLOUR},
        widget=forms.TextInput(attrs=_COLOUR),
    )
    accent = line(
        _("Color of the band on top"),
        help_text=_("Like %(colour)s. Leave it empty to use the first color.") % {"colour": OUR_BAND},
        widget=forms.TextInput(attrs=_COLOUR),
    )
    radius = forms.CharField(
        label=_("Rounded corners, in pixels"),
        error_messages={"required": sentence("theme_radius", limit=MOST_RADIUS)},
        help_text=_("From 0 for square ones to %(limit)s.") % {"limit": MOST_RADIUS},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    font = forms.ChoiceField(
        label=_("Typeface"),
        choices=list(FONTS.items()),
        error_messages={"required": sentence("theme_font"), "invalid_choice": sentence("theme_font")},
    )

    @classmethod
    def showing(cls, theme: Theme) -> ThemeForm:
        return cls(
            initial={
                "primary": theme.primary, "accent": theme.accent, "radius": theme.radius, "font": theme.font,
            }
        )  # fmt: skip


def theme_from(answers: Mapping[str, str]) -> Theme:
    """The theme that was typed, right or wrong. Colours may be typed in capitals, and without the #."""
    radius = answers.get("radius", "").strip()
    number = int(radius) if radius.isascii() and radius.isdigit() and len(radius) < 4 else -1
    return Theme(
        _colour(answers.get("primary", "")),
        _colour(answers.get("accent", "")),
        number,
        answers.get("font", ""),
    )


def _colour(typed: str) -> str:
    colour = typed.strip().lower()
    return f"#{colour}" if colour and not colour.startswith("#") else colour


class LogoForm(SettingsForm):
    logo = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        error_messages={"required": sentence("logo_required")},
        help_text=_("PNG, JPEG, WebP or GIF, at most %(limit)s kB. It is shown up to 400 by 120 pixels large.")
        % {"limit": MOST_BYTES // 1000},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    alt = line(
        _("What the picture says, for people who do not see it"),
        help_text=_("Leave it empty to use your name."),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_ALT}),
    )


class SnippetForm(SettingsForm):
    """What the lines to copy are made for. Everything may be left as it is."""

    state = forms.ChoiceField(label=_("State or territory"), required=False)
    lang = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("The page's own")), *settings.LANGUAGES],
    )
    source = line(
        _("Source"),
        help_text=_("A word for this page in your statistics, like fall-drive."),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = sorted(((code, jurisdiction_name(load(code))) for code in JURISDICTIONS), key=lambda each: each[1])
        self.fields["state"].choices = [("", _("The person chooses")), *places]  # type: ignore[attr-defined]

    def clean_source(self) -> str:
        source = str(self.cleaned_data["source"])
        if source and not WORD.fullmatch(source):
            raise forms.ValidationError(_("Use letters, digits, dots, dashes, ~ and _ only, at most 60."))
        return source
