"""Who may register, from the state's data in our own words, and what we read from a person's answers."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration.phrases.convictions import conviction_conditions, conviction_statements, never_lost
from registration.phrases.dates import day
from registration.phrases.names import in_sentence
from state_rules import Assessment, FormNeeds, Jurisdiction, Reason
from state_rules.ages import VOTING_AGE
from state_rules.qualifications import AgeRule, Capacity, CitizenshipProof, Residency, VotingAge

_CAPACITY = {
    "none": "",
    "court_finding": gettext_noop("No court has found that you are mentally incompetent."),
    "court_finding_on_voting": gettext_noop(
        "No court has taken away your right to vote because of a mental disability."
    ),
    "guardianship": gettext_noop("You are not under a court-ordered guardianship that takes away your right to vote."),
    "unknown": gettext_noop("If a court has ruled on your mental ability, ask the election office if you may vote."),
}
_CAPACITY_APPLIES = {
    "court_finding": gettext_noop("A court has found that I am mentally incompetent."),
    "court_finding_on_voting": gettext_noop("A court has taken away my right to vote because of a mental disability."),
    "guardianship": gettext_noop("I am under a guardianship that takes away my right to vote."),
    "unknown": gettext_noop("A court has ruled on my mental ability."),
}
_LIVE_IN = {
    "state": gettext_noop("You live in %(state)s."),
    "county": gettext_noop("You live in %(state)s, in the county where you want to vote."),
    "locality": gettext_noop("You live in %(state)s, in the city, town or county where you want to vote."),
    "precinct": gettext_noop("You live in %(state)s, in the precinct where you want to vote."),
    "territory": gettext_noop("You live in %(state)s."),
}
_ALSO = {
    "no_vote_elsewhere": gettext_noop("You do not claim the right to vote in any other place."),
    "not_registered_elsewhere": gettext_noop("You are not signed up to vote in another state."),
    "no_other_residence": gettext_noop("You claim no other place as your legal home."),
    "no_other_name": gettext_noop("You do not claim the right to vote under another name."),
    "lives_at_home_address": gettext_noop("You live at the home address on the form."),
    "homestead_address": gettext_noop(
        "If you claim a homestead exemption, you give that address. Students and people in nursing homes may choose."
    ),
    "precinct_ten_days": gettext_noop("You will have lived in your precinct for at least 10 days by election day."),
    "citizen_one_month": gettext_noop("You will have been a citizen for at least one month by election day."),
}
_LIVED_LESS = {
    "state": gettext_noop("By election day I will have lived in %(state)s for fewer than %(days)d days."),
    "county": gettext_noop("By election day I will have lived in my county for fewer than %(days)d days."),
    "locality": gettext_noop("By election day I will have lived in my city or town for fewer than %(days)d days."),
    "precinct": gettext_noop("By election day I will have lived in my precinct for fewer than %(days)d days."),
    "territory": gettext_noop("By election day I will have lived in %(state)s for fewer than %(days)d days."),
}
_TURNS_18 = {
    "next_election": gettext_noop("You will be 18 by the next election."),
    "next_general": gettext_noop("You will be 18 by the next general election."),
    "november_of_year": gettext_noop("You will be 18 by the November election of this year."),
}
_AT_17 = {
    "none": "",
    "primaries": gettext_noop("At 17 you can vote in a primary if you will be 18 by the general election."),
    "any": gettext_noop("At 17 you can vote if you will be 18 by the next general election."),
}
_FOR_DOCUMENTS = {
    "all": gettext_noop(
        "You must also show a document that proves you are a citizen. Ask the office which ones count."
    ),
    "state_elections": gettext_noop(
        "Without a document that proves you are a citizen, you can vote in federal races only."
    ),
}


def documents(proof: CitizenshipProof) -> str:
    """What the state asks beyond one's word that one is a citizen. Raises KeyError where it asks nothing."""
    if proof.checked_first:
        return _("The state looks for proof that you are a citizen in its own records. If it finds none, it asks you.")
    return _(_FOR_DOCUMENTS[proof.documents])


def age_at_least(years: int, months: int) -> str:
    if not months:
        return _("You are at least %(years)d years old.") % {"years": years}
    return ngettext(
        "You are at least %(years)d years and %(months)d month old.",
        "You are at least %(years)d years and %(months)d months old.",
        months,
    ) % {"years": years, "months": months}


def _age(age: AgeRule) -> list[str]:
    """From when one may sign up: where the state takes people early, that age alone, since it is the lower one."""
    return [age_at_least(age.pre_years, age.pre_months)] if age.pre_years else registering_age(age)


def registering_age(age: AgeRule) -> list[str]:
    """From when one may register by mail, whatever the age for signing up early."""
    said = []
    years = max(age.min_years, dict(age.min_by_channel).get("mail", 0))
    if years or age.min_months:
        said.append(age_at_least(years, age.min_months))
    if age.turns_18_by:
        said.append(_(_TURNS_18[age.turns_18_by]))
    if age.days_before_18:
        said.append(_("You are 18, or will be within %(days)d days.") % {"days": age.days_before_18})
    return said or [age_at_least(VOTING_AGE, 0)]


def conditions(needs: FormNeeds, jurisdiction: Jurisdiction) -> list[str]:
    """What must be true of the person who signs, a sentence each."""
    said = [_("You are a United States citizen."), *residence(needs.residency.value, jurisdiction)]
    said += _age(needs.age.value)
    said += conviction_conditions(needs.felony.value)
    return [*said, *capacity(needs.capacity.value)]


def residence(residency: Residency, jurisdiction: Jurisdiction) -> list[str]:
    """Where and for how long one must live, and what else the form has one swear."""
    said = [_(_LIVE_IN[residency.level]) % {"state": in_sentence(jurisdiction)}]
    if residency.days:
        days = {"days": residency.days}
        said.append(_("You will have lived there for at least %(days)d days by election day.") % days)
    return said + [_(_ALSO[each]) for each in residency.also]


def capacity(rule: Capacity) -> list[str]:
    """What no court may have found; empty where no finding matters."""
    return [_(_CAPACITY[rule.category])] if _CAPACITY[rule.category] else []


def voting_at_17(rule: VotingAge) -> str:
    """What a person of 17 may vote in; "" where it is nothing."""
    return _(_AT_17[rule.at_17]) if _AT_17[rule.at_17] else ""


def requirements(needs: FormNeeds, jurisdiction: Jurisdiction) -> list[str]:
    """Who may register there on the day of ``needs``: the conditions, and what else is good to know."""
    said = conditions(needs, jurisdiction)
    age = needs.age.value
    at_17 = voting_at_17(needs.voting_age.value)
    if at_17:
        said.append(at_17)
    elif age.pre_years or _age(age) != [age_at_least(VOTING_AGE, 0)]:
        said.append(_("You can sign up before you are 18. You can vote when you are 18."))
    if age.tell:
        said.append(_(age.tell))
    if needs.felony.value.category == "never_lost":
        said.append(never_lost())
    if needs.citizenship_proof.value.documents != "none":
        said.append(documents(needs.citizenship_proof.value))
    return said


def other_rules(needs: FormNeeds, jurisdiction: Jurisdiction) -> list[str]:
    """Statements of which the person says whether any is true of them; empty where the state has none."""
    category, days = needs.capacity.value.category, needs.residency.value.days
    said = conviction_statements(needs.felony.value)
    if category in _CAPACITY_APPLIES:
        said.append(_(_CAPACITY_APPLIES[category]))
    if days:
        said.append(_(_LIVED_LESS[needs.residency.value.level]) % {"state": in_sentence(jurisdiction), "days": days})
    return said


_REASONS = {
    "old_enough": gettext_noop("You are old enough to register in %(state)s."),
    "may_register_before_18": gettext_noop("You can register in %(state)s now, before you turn 18."),
    "may_preregister": gettext_noop("You can sign up early in %(state)s now, before you turn 18."),
    "too_young": gettext_noop("By your date of birth, you can register in %(state)s from %(from_day)s."),
    "not_a_citizen": gettext_noop(
        "Only United States citizens can register. Please do not fill in this form unless you are one."
    ),
    "not_resident": gettext_noop("You need to live in %(state)s. Ask the election office when you can register."),
    "other_rule_applies": gettext_noop(
        "One of the other rules of %(state)s may apply to you. The election office can tell you if you may register."
    ),
    "other_rule_unsure": gettext_noop(
        "You are not sure about one of the rules of %(state)s. The election office can tell you, and asking is free."
    ),
    "unknown_age_rule": gettext_noop(
        "We do not know from which age you can register in %(state)s. Ask the election office."
    ),
    "no_documents": gettext_noop(
        "%(state)s asks for a document that proves you are a citizen. Ask the election office which ones count."
    ),
    "in_prison": gettext_noop(
        "You cannot register in %(state)s while you are in prison for a felony. Ask the office what comes after."
    ),
    "sentence_not_over": gettext_noop("You can register in %(state)s when your sentence is over."),
    "payment_not_made": gettext_noop("You can register in %(state)s when you have paid what the court ordered."),
    "conviction_no_bar": gettext_noop("Your conviction does not keep you from registering in %(state)s."),
    "conviction_depends": gettext_noop(
        "In %(state)s it depends on your conviction if you can register. Ask the election office. Asking is free."
    ),
    "court_finding": gettext_noop(
        "What a court has decided may keep you from registering in %(state)s. Ask the election office."
    ),
    "lives_there_too_short": gettext_noop(
        "You need to have lived there for %(days)d days by election day. You will have on %(from_day)s."
    ),
    "too_young_to_vote": gettext_noop("You can vote from %(turns_18)s, when you are 18."),
    "votes_at_17": gettext_noop("You can vote in this election at 17. You will be 18 by the next general election."),
    "books_closed": gettext_noop("Registration for this election ended on %(last_day)s."),
    "president_only_last_chance": gettext_noop("You can still register for this election to vote for president only."),
    "president_only_short_residence": gettext_noop(
        "You will not have lived there for %(days)d days by election day. You can vote for president only."
    ),
    "president_in_former_home": gettext_noop(
        "You moved shortly before the election. You may be able to vote for president where you lived before."
    ),
    "no_federal_race": gettext_noop(
        "This election may have no federal race. For other races, %(state)s asks for a document that proves you are a "
        "citizen."
    ),
    "registration_not_needed": gettext_noop("You do not need to register to vote in %(state)s."),
}


def paragraph(reason: Reason, jurisdiction: Jurisdiction) -> str:
    """One reason in words."""
    if reason.code == "citizenship_documents":
        if reason.params["documents"] == "all":
            return _("You may have to show a document that proves you are a citizen. Ask the office which ones count.")
        return _(_FOR_DOCUMENTS["state_elections"])
    values: dict[str, object] = {"state": in_sentence(jurisdiction)}
    values.update({key: day(value) if isinstance(value, date) else value for key, value in reason.params.items()})
    if _is_unsure(reason):
        return (
            _(
                "You may be able to register in %(state)s now, before you turn 18. We are not sure. "
                "A local election may come before the one that we list. The election office knows."
            )
            % values
        )
    said = _(_REASONS[reason.code]) % values
    if reason.code in ("may_preregister", "may_register_before_18") and not reason.params["votes"]:
        said += " " + _("You can vote from %(turns_18)s, when you are 18.") % values
    if "in_person_from" in reason.params:
        return _by_mail_and_in_person(reason, values)
    return said


def _by_mail_and_in_person(reason: Reason, values: dict[str, object]) -> str:
    by_mail = _("By your date of birth, you can register by mail from %(from_day)s.") % values
    if reason.params["in_person_now"]:
        return by_mail + " " + _("In person you can register now.")
    return by_mail + " " + _("In person you can register from %(in_person_from)s.") % values


def _is_unsure(reason: Reason) -> bool:
    """Whether an early registration hangs on something that the data cannot tell."""
    return reason.code in ("may_preregister", "may_register_before_18") and reason.confidence == "low"


def told(assessment: Assessment) -> tuple[Reason, ...]:
    """The reasons that bear on the person: without citizenship no other one does."""
    bars = tuple(reason for reason in assessment.reasons if reason.code == "not_a_citizen")
    return bars or assessment.reasons


def assessment(assessment: Assessment, jurisdiction: Jurisdiction) -> tuple[str, list[str]]:
    """A title and paragraphs for our reading of a person's answers; never a verdict."""
    reasons = told(assessment)
    said = [paragraph(reason, jurisdiction) for reason in reasons]
    if any(reason.code == "not_a_citizen" for reason in reasons):
        title = _("You can register when you are a citizen")
        said.append(_("Come back when you are a citizen."))
    elif any(map(_is_unsure, reasons)) and assessment.outcome == "eligible":
        title = _("You may be able to register now")
    elif assessment.outcome == "eligible":
        title = _("It looks like you can register")
    elif assessment.outcome == "not_yet" and any(reason.params.get("in_person_now") for reason in reasons):
        title = _("You can register in person now, and by mail later")
    elif assessment.outcome == "not_yet" and assessment.from_day:
        title = _("You can register from %(from_day)s") % {"from_day": day(assessment.from_day)}
    else:
        title = _("Ask the election office first")
    said.append(_("This is our reading of the rules. Only an election official can decide."))
    return title, said
