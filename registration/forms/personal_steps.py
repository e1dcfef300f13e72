"""The steps about the person: whether they may register, their name, their numbers, who helped."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration import phrases
from registration.forms.shapes import Choice, Field, Group, Item, Step, When
from state_rules import Election, FormNeeds, Jurisdiction

MONTHS = 12
ELIGIBILITY = "eligibility"


def yes_no() -> tuple[Choice, ...]:
    return (Choice("yes", _("Yes")), Choice("no", _("No")))


def eligibility(needs: FormNeeds, jurisdiction: Jurisdiction, election: Election) -> Step:
    """The two questions at the top of the form, the birth date, and the state's other rules."""
    items: list[Item] = [
        Field("citizen", _("Are you a citizen of the United States of America?"), "radios", choices=yes_no()),
        birth_date(),
        _eighteen(needs, election),
    ]
    others = phrases.other_rules(needs, jurisdiction)
    if others:
        place = {"state": phrases.jurisdiction_name(jurisdiction)}
        items.append(
            Group(
                (Field("other_rule", _("Does one of these rules apply to you?"), "radios", choices=_other_answers()),),
                legend=_("Other rules in %(state)s") % place,
                points=tuple(others),
            )
        )
    return Step(
        ELIGIBILITY,
        _("Can you register?"),
        tuple(items),
        (_("Answer all questions, unless one is marked “optional.”"),),
    )


def _other_answers() -> tuple[Choice, ...]:
    return (Choice("no", _("No, none of them")), Choice("yes", _("Yes")), Choice("unsure", _("I am not sure")))


def _eighteen(needs: FormNeeds, election: Election) -> Field:
    hint = _("The next election that you can register for is on %(day)s.") % {"day": phrases.day(election.day)}
    if needs.nvra.value.eighteen_means_first_vote:
        hint = _("Say “yes” if you will be 18 at the first election in which you vote.")
    return Field(
        "eighteen", _("Will you be 18 years old on or before election day?"), "radios", hint=hint, choices=yes_no()
    )


def birth_date() -> Group:
    """Three inputs, so that nobody has to hunt through a calendar."""
    months = tuple(Choice(str(month), f"{month} – {_month_name(month)}") for month in range(1, MONTHS + 1))
    parts: tuple[Item, ...] = (
        Field(
            "birth_month",
            _("Month"),
            "select",
            choices=months,
            autocomplete="bday-month",
            width="month",
            problem_field="birth_date",
        ),
        Field(
            "birth_day",
            _("Day"),
            inputmode="numeric",
            autocomplete="bday-day",
            width="short",
            problem_field="birth_date",
        ),
        Field(
            "birth_year",
            _("Year"),
            inputmode="numeric",
            autocomplete="bday-year",
            width="year",
            problem_field="birth_date",
        ),
    )
    hint = _("For example: April 28, 1986")
    return Group(parts, legend=_("Date of birth"), hint=hint, name="birth_date", style="dates")


def _month_name(month: int) -> str:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        pgettext("month", "May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[month - 1]


def suffixes() -> tuple[Choice, ...]:
    return tuple(Choice(value, value) for value in ("Jr", "Sr", "II", "III", "IV"))


def name(needs: FormNeeds) -> Step:
    """Box 1, and box A where the state wants it."""
    titles = (Choice("mr", _("Mr.")), Choice("mrs", _("Mrs.")), Choice("miss", _("Miss")), Choice("ms", _("Ms.")))
    several = When("single_name", ("",))
    items: list[Item] = [
        Field("first_name", _("First name"), autocomplete="given-name", when=several),
        Field("middle_name", _("Middle name"), autocomplete="additional-name", optional=True, when=several),
        Field("last_name", _("Last name"), autocomplete="family-name", hint=_("All your last names, as on your ID.")),
        Field(
            "suffix",
            _("Suffix"),
            "select",
            choices=suffixes(),
            autocomplete="honorific-suffix",
            optional=True,
            width="medium",
        ),
        Field("single_name", _("I have one name"), "checkbox", hint=_("Write it under “Last name.”")),
        Group(
            (
                Field(
                    "title",
                    _("Title"),
                    "select",
                    choices=titles,
                    optional=True,
                    width="medium",
                    autocomplete="honorific-prefix",
                ),
            ),
            folded=_("Add a title, such as Ms. or Mr. (optional)"),
        ),
    ]
    if "A" in needs.boxes:
        items += _previous_name()
    intro = _("Write your full legal name, as on your driver’s license or other ID.")
    return Step("name", _("Your name"), tuple(items), (intro,))


def _previous_name() -> list[Item]:
    changed = Field("name_changed", _("My name has changed since I last registered"), "checkbox")
    parts: tuple[Item, ...] = (
        Field("previous_first_name", _("Previous first name")),
        Field("previous_middle_name", _("Previous middle name"), optional=True),
        Field("previous_last_name", _("Previous last name")),
        Field("previous_suffix", _("Previous suffix"), "select", choices=suffixes(), optional=True, width="medium"),
    )
    return [changed, Group(parts, legend=_("Your name before it changed"), when=When("name_changed"), style="together")]


def helper() -> Step:
    """Box D."""
    parts: tuple[Item, ...] = (
        Field("helper_name", _("Helper’s name")),
        Field("helper_address", _("Helper’s address")),
        Field("helper_telephone", _("Helper’s telephone number"), inputmode="tel", optional=True, width="medium"),
    )
    items: tuple[Item, ...] = (
        Field("helped", _("I cannot sign, and someone is helping me with this form"), "checkbox"),
        Group(parts, legend=_("Who helps you"), when=When("helped"), style="together"),
    )
    intro = _("Most people leave this empty. The form asks for a helper only if you cannot sign it yourself.")
    return Step("helper", _("Help with signing"), items, (intro,))
