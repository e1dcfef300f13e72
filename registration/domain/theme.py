"""How a partner's widget looks: two colours, a radius, one of four fonts, and nothing else (W-11)."""

from __future__ import annotations

import colorsys
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Partner

#: The least ratio between a text and what it stands on: WCAG 2.2, 1.4.3.
LEAST_CONTRAST = 4.5
MOST_RADIUS = 24
OUR_COLOUR, OUR_BAND, OUR_RADIUS = "#222fbf", "#1b2b85", 4
WHITE, INK, SURFACE = "#ffffff", "#1b1b1b", "#f0f0f0"
HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)
#: Every typeface is on the reader's own machine or comes from us.
FONTS = {
    Partner.Font.PUBLIC: '"Public Sans Web",-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif',
    Partner.Font.SYSTEM: 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif',
    Partner.Font.SERIF: '"Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Noto Serif",serif',
    Partner.Font.ROUND: 'ui-rounded,"SF Pro Rounded","Arial Rounded MT Bold",Nunito,Quicksand,"Noto Sans",sans-serif',
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What a member chose. A colour is "#rrggbb" or "" for ours."""

    primary: str = ""
    accent: str = ""
    radius: int = OUR_RADIUS
    font: str = Partner.Font.PUBLIC


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours of which one is a text on the other. ``name`` stands in problems."""

    name: str
    one: str
    other: str

    @property
    def ratio(self) -> float:
        return contrast(self.one, self.other)

    @property
    def is_legible(self) -> bool:
        return self.ratio >= LEAST_CONTRAST


def luminance(colour: str) -> float:
    """The relative luminance of "#rrggbb" by WCAG."""
    red, green, blue = (_linear(value / 255) for value in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """White or our black, whichever is read better on a colour."""
    return max((WHITE, INK), key=lambda ink: contrast(ink, colour))


def primary_pairs(colour: str) -> tuple[Pair, ...]:
    """Buttons are white on it; links are written in it on the page and on its grey areas."""
    return Pair("button", WHITE, colour), Pair("link", colour, WHITE), Pair("link_on_grey", colour, SURFACE)


def accent_pairs(colour: str) -> tuple[Pair, ...]:
    """The band on top has its text in white or black."""
    return (Pair("band", ink_on(colour), colour),)


def problems(theme: Theme) -> tuple[Problem, ...]:
    """Everything that is wrong with a theme at once."""
    found = [*_colour_problems("primary", theme.primary, primary_pairs)]
    found += _colour_problems("accent", theme.accent, accent_pairs)
    if not 0 <= theme.radius <= MOST_RADIUS:
        found.append(Problem("theme_radius", "radius", {"limit": MOST_RADIUS}))
    if theme.font not in Partner.Font.values:
        found.append(Problem("theme_font", "font"))
    return tuple(found)


def _colour_problems(field: str, colour: str, pairs: Callable[[str], tuple[Pair, ...]]) -> Iterator[Problem]:
    if not colour:
        return
    if not HEX.fullmatch(colour):
        yield Problem("theme_colour", field)
        return
    failing = [pair for pair in pairs(colour) if not pair.is_legible]
    if failing:
        worst = min(failing, key=lambda pair: pair.ratio)
        nearest = nearest_legible(colour, pairs)
        yield Problem(
            "theme_contrast",
            field,
            {"pair": worst.name, "ratio": f"{int(worst.ratio * 10) / 10}", "colour": colour, "nearest": nearest},
        )


def nearest_legible(colour: str, pairs: Callable[[str], tuple[Pair, ...]]) -> str:
    """The colour of the same hue, lighter or darker by as little as it takes, with which every pair can be read."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in bytes.fromhex(colour[1:])))
    lighter_and_darker = (
        _written(colorsys.hls_to_rgb(hue, lightness + step * sign / 512, saturation))
        for step in range(513)
        for sign in (-1, 1)
        if 0 <= lightness + step * sign / 512 <= 1
    )
    return next(each for each in lighter_and_darker if all(pair.is_legible for pair in pairs(each)))


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + bytes(round(min(max(part, 0), 1) * 255) for part in parts).hex()


def darker(colour: str) -> str:
    """What a button or link turns to under the pointer."""
    return "#" + bytes(round(value * 0.75) for value in bytes.fromhex(colour[1:])).hex()


def theme_of(partner: Partner) -> Theme:
    return Theme(partner.primary_colour, partner.accent_colour, partner.radius, partner.font)


def change(partner: Partner, theme: Theme, order: Order) -> tuple[Problem, ...]:
    """Set a partner's theme. Where there are problems, they are given back and nothing is changed."""
    order.check()
    found = problems(theme)
    if found:
        return found
    details = {"primary": theme.primary, "accent": theme.accent, "radius": theme.radius, "font": str(theme.font)}
    with transaction.atomic():
        partner.primary_colour, partner.accent_colour = theme.primary, theme.accent
        partner.radius, partner.font = theme.radius, theme.font
        partner.save(update_fields=["primary_colour", "accent_colour", "radius", "font"])
        record(order, AuditEntry.Action.THEME_CHANGED, partner, details, partner)
    return ()


def sound(theme: Theme) -> Theme:
    """The theme with ours in place of whatever is wrong with it, however it came into the row."""
    wrong = {problem.field for problem in problems(theme)}
    return Theme(
        "" if "primary" in wrong else theme.primary,
        "" if "accent" in wrong else theme.accent,
        OUR_RADIUS if "radius" in wrong else theme.radius,
        Partner.Font.PUBLIC if "font" in wrong else theme.font,
    )


def tokens(theme: Theme) -> dict[str, str]:
    """The custom properties, each with its value: a checked colour, a number of pixels or one of our lists of fonts."""
    theme = sound(theme)
    primary = theme.primary or OUR_COLOUR
    band = theme.accent or (theme.primary if theme.primary else OUR_BAND)
    return {
        "--theme-primary": primary,
        "--theme-primary-dark": darker(primary),
        "--theme-band": band,
        "--theme-band-ink": ink_on(band),
        "--theme-radius": f"{theme.radius}px",
        "--theme-font": FONTS[Partner.Font(theme.font)],
    }


def css_of(theme: Theme) -> str:
    """The style sheet of a theme, to stand after ours: the tokens, and our own rules that read them."""
    theme = sound(theme)
    properties = "".join(f"{name}:{value};" for name, value in tokens(theme).items())
    rules = [f":root{{{properties}}}"]
    if theme.primary:
        rules.append(_PRIMARY)
    if theme.primary or theme.accent:
        rules.append(_BAND)
    if theme.radius != OUR_RADIUS:
        rules.append(_RADIUS)
    if theme.font != Partner.Font.PUBLIC:
        rules.append(_FONT)
    return "\n".join(rules) + "\n"


def theme_css(partner: Partner) -> str:
    return css_of(theme_of(partner))


def theme_version(partner: Partner) -> str:
    """Names the style sheet in addresses: the same text, the same name."""
    return hashlib.sha256(theme_css(partner).encode()).hexdigest()[:16]


_SOLID = ".usa-button:not(.usa-button--outline,.usa-button--unstyled):not(:disabled)"
_PRIMARY = f"""\
{_SOLID},main a{_SOLID},main a{_SOLID}:visited{{background-color:var(--theme-primary);color:#fff}}
{_SOLID}:hover,{_SOLID}:active,main a{_SOLID}:hover{{background-color:var(--theme-primary-dark);color:#fff}}
.usa-button--outline,.usa-button--outline:visited,main a.usa-button--outline,main a.usa-button--outline:visited\
{{box-shadow:inset 0 0 0 2px var(--theme-primary);color:var(--theme-primary)}}
.usa-button--outline:hover,.usa-button--outline:active,main a.usa-button--outline:hover\
{{box-shadow:inset 0 0 0 2px var(--theme-primary-dark);color:var(--theme-primary-dark)}}
.usa-button--unstyled,main a:not(.usa-button),main a:not(.usa-button):visited,summary,.usa-skipnav,.foot ul a\
{{color:var(--theme-primary)}}
.usa-button--unstyled:hover,main a:not(.usa-button):hover,.foot ul a:hover{{color:var(--theme-primary-dark)}}
.usa-alert a:not(.usa-button),.usa-alert a:not(.usa-button):visited,.tag a{{color:#1b1b1b}}
.usa-checkbox__input:checked+[class*=__label]::before,.usa-radio__input:checked+[class*=__label]::before\
{{background-color:var(--theme-primary);box-shadow:0 0 0 2px var(--theme-primary)}}
.usa-checkbox__input--tile:checked+[class*=__label],.usa-radio__input--tile:checked+[class*=__label]\
{{background-color:#f0f0f0;border-color:var(--theme-primary)}}
.progress__bar::-webkit-progress-value{{background:var(--theme-primary)}}
.progress__bar::-moz-progress-bar{{background:var(--theme-primary)}}
.hero,.why,.who,.foot,.comparison thead th{{background:#f0f0f0}}
.hero,.who,.foot,.together{{border-color:#dfe1e2}}
.why,.big-date{{border-left-color:var(--theme-primary)}}
.way:not(.way--closed),.steps3 li{{border-top-color:var(--theme-primary)}}
.process>li::before{{border-color:var(--theme-primary)}}"""
_BAND = """\
.top,.top__name,.top__language,.top__language:hover{background:var(--theme-band);color:var(--theme-band-ink)}
.top__language{border-color:var(--theme-band-ink)}
.top a:focus,.top button:focus{outline-color:var(--theme-band-ink)}"""
_RADIUS = """\
.usa-button:not(.usa-button--unstyled),.usa-input,.usa-select,.usa-textarea,.card,.way,.contents,.top__language,\
.usa-alert,.usa-checkbox__input--tile+[class*=__label],.usa-radio__input--tile+[class*=__label]\
{border-radius:var(--theme-radius)}"""
_FONT = "body,body :not(.reference,code,pre){font-family:var(--theme-font)}"
