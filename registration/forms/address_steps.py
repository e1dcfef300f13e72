"""The steps about places: where the person lives, gets mail, and was registered before."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registration import phrases
from registration.forms.personal_steps import yes_no
from registration.forms.shapes import Choice, Field, Group, Item, Step, When
from state_rules import JURISDICTIONS, FormNeeds, Jurisdiction, load

MILITARY = ("AA", "AE", "AP")


def state_choices() -> tuple[Choice, ...]:
    """Every jurisdiction by name, then the military "states" that stand in mailing addresses."""
    return _state_choices(get_language() or "en")


@lru_cache(maxsize=8)
def _state_choices(_language: str) -> tuple[Choice, ...]:
    places = sorted((phrases.jurisdiction_name(load(code)), code) for code in JURISDICTIONS)
    military = tuple(Choice(code, _("Armed Forces (%(code)s)") % {"code": code}) for code in MILITARY)
    return tuple(Choice(code, label) for label, code in places) + military


def address(needs: FormNeeds, jurisdiction: Jurisdiction) -> Step:
    """Boxes 2, 3 and C."""
    items = _home(jurisdiction)
    if "3" in needs.boxes:
        different = _("I get my mail at a different address, or at a PO box")
        items.append(Field("mailing_different", different, "checkbox", when=When("no_street_address", ("",))))
        wanted = When("mailing_different", either=When("no_street_address"))
        items.append(Group(_postal("mailing"), legend=_("Where you get your mail"), when=wanted, style="together"))
    intro = _("Give the address where you live, even if you get no mail there. Do not use a PO box here.")
    return Step("address", _("Where you live"), tuple(items), (intro,))


def _home(jurisdiction: Jurisdiction) -> list[Item]:
    street = When("no_street_address", ("",))
    return [
        Field("no_street_address", _("I do not have a street address"), "checkbox",
              hint=_("For example: you live in a rural place, in a shelter, or outdoors.")),
        _no_street(),
        Field("home_street", _("Street address"), autocomplete="address-line1", when=street),
        Field("home_unit", _("Apartment, unit or lot number"), autocomplete="address-line2", optional=True,
              width="medium", when=street),
        Field("home_city", _("City or town"), autocomplete="address-level2"),
        Field("home_zip", _("ZIP code"), autocomplete="postal-code", inputmode="numeric", width="short",
              hint=_("State: %(state)s") % {"state": phrases.jurisdiction_name(jurisdiction)}),
    ]  # fmt: skip


def _no_street() -> Group:
    return Group(
        (
            Field(
                "home_description",
                _("Describe where you live or sleep"),
                "textarea",
                hint=_("For example: blue trailer on the north side of County Road 12"),
            ),
            Field("home_crossroads", _("Nearest crossroads or streets"), optional=True),
            Field("home_landmarks", _("Schools, churches, stores or other landmarks nearby"), optional=True),
        ),
        legend=_("Where your home is"),
        hint=_("The election office uses this to find your voting district."),
        when=When("no_street_address"),
        style="together",
    )


def _postal(prefix: str) -> tuple[Item, ...]:
    token = "section-mailing " if prefix == "mailing" else ""

    def tokens(name: str) -> str:
        return f"{token}{name}" if token else ""

    return (
        Field(f"{prefix}_street", _("Street address or PO box"), autocomplete=tokens("address-line1")),
        Field(
            f"{prefix}_unit",
            _("Apartment, unit or lot number"),
            autocomplete=tokens("address-line2"),
            optional=True,
            width="medium",
        ),
        Field(f"{prefix}_city", _("City or town"), autocomplete=tokens("address-level2")),
        Field(
            f"{prefix}_state",
            _("State"),
            "select",
            choices=state_choices(),
            autocomplete=tokens("address-level1"),
            width="medium",
        ),
        Field(f"{prefix}_zip", _("ZIP code"), autocomplete=tokens("postal-code"), inputmode="numeric", width="short"),
    )


def previous(needs: FormNeeds) -> Step:
    """Box B."""
    question = _("Were you registered to vote before at a different address?")
    hint = _("In any state. It helps the election office to update your record.")
    items: tuple[Item, ...] = (
        Field(
            "previous_registration",
            question,
            "radios",
            hint=hint,
            choices=yes_no(),
            optional=not needs.nvra.value.previous_address_required,
        ),
        Group(
            _postal("previous"),
            legend=_("The address where you were registered"),
            when=When("previous_registration"),
            style="together",
        ),
    )
    return Step("previous", _("Earlier registration"), items)
