"""A theme is a few checked tokens; what cannot be read is refused with the nearest colour that can."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.domain import theme as themes
from registration.domain.audit import Order
from registration.domain.theme import (
    INK,
    LEAST_CONTRAST,
    WHITE,
    Theme,
    accent_pairs,
    contrast,
    css_of,
    ink_on,
    nearest_legible,
    primary_pairs,
    problems,
    theme_css,
    theme_of,
    theme_version,
    tokens,
)
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Partner

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
ORDER = Order("member 7", "Set in the dashboard.", NOW)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54), ("#777777", WHITE, 4.48)],
)
def test_contrast_is_the_guidelines_own(one, other, ratio):
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_w11_legible_theme_has_no_problems():
    assert problems(Theme("#7a1f3d", "#ffd100", 24, "serif")) == problems(Theme()) == ()


def test_w11_yellow_buttons_are_refused_with_a_darker_yellow():
    (found,) = problems(Theme(primary="#ffd100"))
    assert (found.code, found.field, found.params["pair"], found.params["ratio"]) == (
        "theme_contrast", "primary", "link_on_grey", "1.2",
    )  # fmt: skip
    assert problems(Theme(primary=str(found.params["nearest"]))) == ()


def test_w11_band_between_light_and_dark_is_refused():
    """Neither white nor our black can be read on it."""
    (found,) = problems(Theme(accent="#e0472b"))
    assert (found.code, found.field, found.params["pair"]) == ("theme_contrast", "accent", "band")
    assert problems(Theme(accent=str(found.params["nearest"]))) == ()


@given(COLOURS)
def test_w11_nearest_colour_can_always_be_read(colour):
    for pairs in (primary_pairs, accent_pairs):
        nearest = nearest_legible(colour, pairs)
        assert all(contrast(pair.one, pair.other) >= LEAST_CONTRAST for pair in pairs(nearest))


@given(COLOURS)
def test_w11_hover_is_darker_so_that_white_is_read_on_it(colour):
    assert contrast(WHITE, themes.darker(colour)) >= contrast(WHITE, colour)


@pytest.mark.parametrize(("colour", "ink"), [("#ffd100", INK), ("#1b2b85", WHITE), ("#ffffff", INK)])
def test_ink_is_the_one_that_is_read_better(colour, ink):
    assert ink_on(colour) == ink


@pytest.mark.parametrize(
    "colour",
    [
        "red", "#fff", "#GGGGGG", "#ffd10", "#ffd1000", "ffd100", "#ffd100 ", "#ffd100\n", "#FFD100",
        "#ffd100;}body{display:none}", "url(//evil.example)", "expression(alert(1))", "#١٢٣٤٥٦", "</style>",
    ],
)  # fmt: skip
def test_s04_colour_that_is_no_colour_is_refused(colour):
    assert problems(Theme(primary=colour, accent=colour)) == (
        Problem("theme_colour", "primary"),
        Problem("theme_colour", "accent"),
    )


def test_every_problem_comes_at_once():
    found = problems(Theme("#ffd100", "no", 25, "comic"))
    assert [(each.code, each.field) for each in found] == [
        ("theme_contrast", "primary"), ("theme_colour", "accent"), ("theme_radius", "radius"), ("theme_font", "font"),
    ]  # fmt: skip
    assert [each.code for each in problems(Theme(radius=-1))] == ["theme_radius"]


@pytest.mark.parametrize("evil", ["red;}*{display:none}", "#fff</style><script>", "\\", "#00000g"])
def test_s04_row_with_css_in_it_gives_our_own_look(partner, evil):
    partner.primary_colour, partner.accent_colour, partner.radius, partner.font = evil, evil, 9999, evil
    assert theme_css(partner) == css_of(Theme())


@given(COLOURS, COLOURS, st.integers(-10, 99), st.sampled_from([*Partner.Font.values, "x}"]))
def test_w11_style_sheet_holds_tokens_and_our_own_rules_alone(primary, accent, radius, font):
    """Nothing but the values of the first rule depends on the partner, and each value is one of a known shape."""
    text = css_of(Theme(primary, accent, radius, font))
    first, *rest = text.rstrip("\n").split("\n")
    fonts = "|".join(re.escape(each) for each in themes.FONTS.values())
    assert re.fullmatch(
        r":root\{--theme-primary:#[0-9a-f]{6};--theme-primary-dark:#[0-9a-f]{6};--theme-band:#[0-9a-f]{6};"
        rf"--theme-band-ink:#[0-9a-f]{{6}};--theme-radius:\d{{1,2}}px;--theme-font:({fonts});\}}",
        first,
    )
    ours = "\n".join((themes._PRIMARY, themes._BAND, themes._RADIUS, themes._FONT)).split("\n")
    assert [line for line in rest if line not in ours] == []
    assert "url(" not in text
    assert "@import" not in text


def test_theme_without_tokens_changes_no_rule():
    assert css_of(Theme()) == (
        ":root{--theme-primary:#222fbf;--theme-primary-dark:#1a238f;--theme-band:#1b2b85;--theme-band-ink:#ffffff;"
        f"--theme-radius:4px;--theme-font:{themes.FONTS[Partner.Font.PUBLIC]};}}\n"
    )


def test_band_follows_the_first_colour_where_there_is_no_second():
    assert (tokens(Theme("#7a1f3d"))["--theme-band"], tokens(Theme("#7a1f3d"))["--theme-band-ink"]) == (
        "#7a1f3d",
        WHITE,
    )


def test_version_is_the_same_for_the_same_look_and_another_for_another(partner):
    first = theme_version(partner)
    assert theme_version(Partner.objects.get(slug="acme")) == first
    assert re.fullmatch("[0-9a-f]{16}", first)
    partner.radius = 12
    assert theme_version(partner) != first


def test_changed_theme_is_kept_and_written_down(partner):
    wanted = Theme("#7a1f3d", "#ffd100", 12, "serif")
    assert themes.change(partner, wanted, ORDER) == ()
    assert theme_of(Partner.objects.get(slug="acme")) == wanted
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.partner, entry.subject_id, entry.details) == (
        "theme_changed", partner, partner.pk,
        {"primary": "#7a1f3d", "accent": "#ffd100", "radius": 12, "font": "serif"},
    )  # fmt: skip


def test_theme_with_a_problem_changes_nothing(partner):
    assert [each.code for each in themes.change(partner, Theme("#ffd100"), ORDER)] == ["theme_contrast"]
    assert theme_of(Partner.objects.get(slug="acme")) == Theme()
    assert AuditEntry.objects.count() == 0
