"""The cover page's words: what to do with the printed form, in the order in which one does it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.boxes import id_number_help, party_help, race_help
from registration.phrases.dates import day
from registration.phrases.deadlines import MAIL_DAYS, is_past, last_chance, mail_by, mail_is_late, sooner
from registration.phrases.deadlines import due as due_sentence
from registration.phrases.eligibility import conditions, documents
from registration.phrases.names import election_doubt, election_name, in_sentence, jurisdiction_name
from state_rules import Due, Election, FormNeeds, Jurisdiction, Way
from state_rules.ages import VOTING_AGE
from state_rules.jurisdiction import MailTo

_UNSURE_OF = {
    "deadline": gettext_noop("the last day to mail the form"),
    "mail_to": gettext_noop("the address to mail it to"),
    "id_number": gettext_noop("box 6, the ID number"),
    "party": gettext_noop("box 7, the party"),
    "race": gettext_noop("box 8, race or ethnic group"),
    "who": gettext_noop("who may register"),
    "citizenship": gettext_noop("proof of citizenship"),
    "mail_id": gettext_noop("the copy of an ID"),
}


def cover_title(needs: FormNeeds) -> str:
    if needs.acceptance == "request_only":
        return _("How to ask for your state's voter registration form")
    return _("How to finish your voter registration application")


def cover_subtitle(jurisdiction: Jurisdiction, election: Election) -> str:
    return _("%(state)s · %(election)s on %(day)s") % {
        "state": jurisdiction_name(jurisdiction),
        "election": election_name(election),
        "day": day(election.day),
    }


def cover_warning() -> str:
    return _("You are not registered to vote until your election office confirms it.")


def mail_by_for(needs: FormNeeds, due: Due, on: date) -> str:
    """By when to mail the form; for a mere request, by when the state's own form has to be back."""
    if needs.acceptance != "request_only":
        return mail_by(due, on)
    last = due.last_day
    if last is None or last < on:
        return _("Mail it as soon as you can. The office needs time to send you its own form.")
    said = _("Mail it as soon as you can. The state's own form must be back by %(day)s.") % {"day": day(last)}
    if last - on <= timedelta(days=2 * MAIL_DAYS):
        # one way for the request, and the other way round for the state's own form
        said += " " + _("There may be too little time to do this by mail. Call the election office.")
    return said


def large_date(needs: FormNeeds, due: Due, on: date) -> str:
    """``mail_by_for`` as it is shown large, with the reason not to wait for that day (a request says so already)."""
    if needs.acceptance == "request_only":
        return mail_by_for(needs, due, on)
    return " ".join(part for part in (mail_by_for(needs, due, on), sooner(due, on)) if part)


def mail_to_hint(mail_to: MailTo) -> str:
    """How to find the local office, where the form goes there or may go there; "" where it is no concern."""
    if mail_to.local == "no" and mail_to.lines:
        return ""
    values = {"url": mail_to.local_url}
    if mail_to.local == "preferred" and mail_to.lines:
        if mail_to.local_url:
            return _("It is faster to mail it to your local election office. Find it at %(url)s.") % values
        return _("It is faster to mail it to your local election office.")
    if mail_to.local_url:
        return _("Mail it to your town, city or county election office. Find the address at %(url)s.") % values
    return _("Mail it to your town, city or county election office. Ask the office below for the address.")


def _mail(needs: FormNeeds, due: Due, on: date) -> str:
    """Where to mail the form and, while that matters, by when."""
    mail_to = needs.mail_to.value
    said = []
    if mail_to.lines and mail_to.local != "required":
        said.append(_("Mail it to the address on the mailing page."))
    said += [mail_to_hint(mail_to), _(mail_to.tell) if mail_to.tell else ""]
    if not is_past(due, on):
        said.append(mail_by_for(needs, due, on))
        said.append(_(due.version.value.tell) if due.version.value.tell else "")
    return " ".join(part for part in said if part)


def _follow_up(needs: FormNeeds) -> str:
    page = needs.pages.value.status
    if needs.acceptance == "request_only":
        return _("When the state's own form comes, fill it in, sign it and send it back.")
    if page:
        return _(
            "After two weeks, check that your form has arrived: %(page)s. If you find nothing, call the office."
        ) % {"page": page}
    return _("After two weeks, call the election office and ask if your form has arrived.")


def steps(needs: FormNeeds, due: Due, on: date, open_ways: tuple[Way, ...] = ()) -> list[str]:
    """What to do now, in order; each step is one or a few short sentences.

    ``open_ways``: the ways still open, named first when it is too late to mail the form.
    """
    left = ways_left(open_ways, due, on)
    said = [left] if left else []
    said += [_("Check every line of the form. If something is wrong, go back, change it and print it again.")]
    if needs.acceptance == "request_only":
        said.append(_("Put the form in an envelope with a first-class stamp. Keep this page."))
        said += [_mail(needs, due, on), _follow_up(needs)]
        return said
    said.append(_("Sign your name in box 9 with a pen. If you cannot sign, make your mark."))
    said.append(_("Write today's date next to your signature: month, day and year."))
    if needs.first_time_mail_id.value.applies:
        said.append(
            _(
                "If this is your first time registering in this state, add a copy of your photo ID. "
                "A copy of a recent bill, bank statement or paycheck with your name and address is fine, too. "
                "Never send originals. If you send no copy, you may have to show ID when you first vote."
            )
        )
    if needs.first_time_mail_id.value.tell:
        said.append(_(needs.first_time_mail_id.value.tell))
    proof = needs.citizenship_proof.value
    if proof.checked_first:
        said.append(documents(proof))
    elif proof.documents == "all":
        said.append(_("This state also asks for proof of citizenship. Ask the election office what to send."))
    elif proof.documents == "state_elections":
        said.append(_("To vote in state and local races, too, add a copy of a document that proves you are a citizen."))
    said.append(_("Put the form in an envelope with a first-class stamp. Keep this page."))
    said.append(_mail(needs, due, on))
    said.append(_follow_up(needs))
    return said


def _rules_of_the_state(needs: FormNeeds, jurisdiction: Jurisdiction) -> str:
    last = _("Your state may have more rules. The election office can tell you.")
    return " ".join([*conditions(needs, jurisdiction), last])


def _under_18(needs: FormNeeds) -> list[tuple[str, str]]:
    """Where people are registered before 18: that "No" in the second question does not end it, as the form says."""
    age = needs.age.value
    youngest = age.pre_years or max(age.min_years, dict(age.min_by_channel).get("mail", 0))
    early = 0 < youngest < VOTING_AGE or age.days_before_18
    if not early or needs.nvra.value.eighteen_means_first_vote:
        return []
    text = _(
        "People who are not yet 18 can sign up in your state. "
        "If you answered No because you are younger, that is right. You do not have to stop."
    )
    return [(_("Question 2: will you be 18?"), text)]


def notes(needs: FormNeeds, jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    """(heading, text) of what the state says about boxes 6 to 9; none where the form only asks for another."""
    if needs.acceptance == "request_only":
        return []
    said = [
        *_under_18(needs),
        (_("Box 6: ID number"), id_number_help(needs.id_number.value)),
        (_("Box 7: choice of party"), party_help(needs.party.value)),
        (_("Box 8: race or ethnic group"), race_help(needs.race.value)),
        (_("Box 9: sign only if you meet your state's rules"), _rules_of_the_state(needs, jurisdiction)),
    ]
    if needs.nvra.value.previous_address_required:
        said.insert(
            -1,
            (
                _("Box B: your address before"),
                _("This state needs box B. It holds the address where you were registered before, or N/A."),
            ),
        )
    return said


def ways_left(open_ways: tuple[Way, ...], due: Due, on: date) -> str:
    """What else is open for the election when mail is closed or may be too slow; "" where it is neither, or nothing is.

    The form is offered for mail, so other ways are named only where they matter.
    """
    others = [way for way in open_ways if way.channel != "mail"]
    if not others:
        return ""
    if is_past(due, on):
        lead = _("You can still register for this election in another way.")
    elif mail_is_late(due, on):
        lead = _("It is late for the mail. You can register for this election in another way.")
    else:
        return ""
    return " ".join([lead, *map(_left, others)])


def _left(way: Way) -> str:
    if way.standing == "last_chance":
        return last_chance(way.due)
    if way.due.set_locally:
        return " ".join(part for part in (due_sentence(way.due), last_chance(way.due)) if part)
    return due_sentence(way.due)


def request_only(needs: FormNeeds, jurisdiction: Jurisdiction) -> str:
    """What is said above the form where it does not register by itself; "" elsewhere."""
    if needs.acceptance != "request_only":
        return ""
    return _("In %(state)s this form does not register you. It asks for the state's own registration form.") % {
        "state": in_sentence(jurisdiction),
    }


def uncertain(needs: FormNeeds, due: Due) -> str:
    """One boxed passage that names what we are not sure of, the election day first, and whom to ask; "" if nothing."""
    return " ".join(part for part in (election_doubt(due.election), _unsure_of(needs, due)) if part)


def _unsure_of(needs: FormNeeds, due: Due) -> str:
    facts = {
        "deadline": due.available and due.version.confidence != "high",
        "mail_to": needs.mail_to.confidence == "low",
        "id_number": needs.id_number.confidence == "low",
        "party": needs.party.value.asked and needs.party.confidence == "low",
        "race": needs.race.confidence == "low",
        "who": "low"
        in (needs.age.confidence, needs.felony.confidence, needs.capacity.confidence, needs.residency.confidence),
        "citizenship": needs.citizenship_proof.confidence == "low",
        "mail_id": needs.first_time_mail_id.confidence == "low",
    }
    unsure = [_(_UNSURE_OF[fact]) for fact, doubtful in facts.items() if doubtful]
    if not unsure:
        return ""
    office = needs.office.value
    reach = office.telephone or office.website
    said = _("We are not sure of: %(facts)s.") % {"facts": ", ".join(unsure)}
    if reach:
        return said + " " + _("Confirm with the election office: %(reach)s.") % {"reach": reach}
    return said + " " + _("Confirm with the election office.")
