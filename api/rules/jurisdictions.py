"""One jurisdiction as a document: the page's content and words, with the values they are made from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from api.rules.parts import Json, correction, corrections, day, deadline, election, sources, standing, switched_off
from api.rules.snapshot import Told
from registration import phrases
from registration.domain.validation import is_form_made
from registration.forms import schema
from registration.forms.application_form import ApplicationForm, Setting
from registration.phrases import facts
from registration.phrases import notices as sentences
from registration.views import notices, presenting
from state_rules import CHANNELS, Version, Way, due_dates, upcoming, ways

#: The boxes of the form in the order in which they stand on it.
BOXES = "123456789ABCD"


def head(told: Told) -> Json:
    """What every document about a jurisdiction begins with."""
    setting = told.setting
    return {
        "code": setting.jurisdiction.code,
        "name": phrases.jurisdiction_name(setting.jurisdiction),
        "language": get_language(),
        "day": day(setting.on),
        "rules_version": told.version,
        "warning": warning(unread=told.unread),
    }


def warning(*, unread: bool) -> str:
    """What to do where it is not known what is corrected or switched off; "" where it is."""
    return sentences.unread() if unread else ""


def short(told: Told) -> Json:
    """One line of the list of all."""
    setting = told.setting
    needs, jurisdiction = setting.needs, setting.jurisdiction
    return {
        "code": jurisdiction.code,
        "name": phrases.jurisdiction_name(jurisdiction),
        "kind": jurisdiction.kind,
        "day": day(setting.on),
        "registration_required": needs.acceptance != "no_registration",
        "acceptance": needs.acceptance,
        "form_made": is_form_made(needs),
        "election": {
            "day": day(setting.election.day),
            "day_in_words": phrases.day(setting.election.day),
            "name": phrases.election_name(setting.election),
        },
        "ways": [{"way": way.name, "standing": way.standing, "last_day": day(way.last_day)} for way in _ways(setting)],
        "rules_version": told.version,
        "checked_on": day(jurisdiction.review.checked_on),
        "confidence": jurisdiction.review.confidence,
        "href": f"/api/v1/jurisdictions/{jurisdiction.code.lower()}/",
    }


def whole(told: Told) -> Json:
    """All that the page of a jurisdiction tells."""
    setting = told.setting
    jurisdiction, needs = setting.jurisdiction, setting.needs
    registers = needs.acceptance != "no_registration"
    return {
        **head(told),
        "in_sentence": phrases.in_sentence(jurisdiction),
        "kind": jurisdiction.kind,
        "timezones": list(jurisdiction.timezones),
        "registration_required": registers,
        "review": {
            "checked_on": day(jurisdiction.review.checked_on),
            "confidence": jurisdiction.review.confidence,
            "note": jurisdiction.review.note,
        },
        "election": election(setting.election),
        "too_late_for": _missed(setting) if registers else [],
        "ways": _in_order(setting),
        "elections": _elections(setting),
        "who_may": _who_may(setting) if registers else None,
        "form": _form(setting),
        "mail_to": _mail_to(setting),
        "office": _office(setting),
        "pages": _pages(setting),
        "switches": [found for channel in CHANNELS if (found := switched_off(setting, channel))],
        "corrections": [correction(each) for each in setting.corrections],
    }


def fields(told: Told) -> Json:
    """The form as JSON Schema and as steps; both empty where there is no form to fill in."""
    setting = told.setting
    made = is_form_made(setting.needs)
    document = {
        **head(told),
        "election": election(setting.election),
        "form_made": made,
        "acceptance": setting.needs.acceptance,
        "in_words": phrases.acceptance(setting.needs, setting.jurisdiction),
        "off": switched_off(setting, "mail"),
        "corrections": corrections(setting, notices.OF_FORM),
    }
    if not made:
        return {**document, "schema": None, "steps": []}
    return {**document, **schema.as_json(ApplicationForm(setting).steps, setting.needs)}


def _missed(setting: Setting) -> list[Json]:
    """Elections before the one in view: too late to register for, not too late to vote in."""
    coming = upcoming(setting.jurisdiction.code, setting.on)
    return [election(each) for each in coming if each.day < setting.election.day]


def _ways(setting: Setting) -> tuple[Way, ...]:
    if setting.needs.acceptance == "no_registration":
        return ()
    return ways(setting.jurisdiction, setting.election, setting.on, setting.off)


def _in_order(setting: Setting) -> list[Json]:
    """The ways in the page's order, then those that a page does not show."""
    shown = [way for group in presenting.groups(setting) for way in group]
    rest = [way for way in _ways(setting) if way not in shown]
    return [*(_way(way, setting, True) for way in shown), *(_way(way, setting, False) for way in rest)]


def _way(way: Way, setting: Setting, shown: bool) -> Json:
    card, online = presenting.card(way, setting), setting.needs.online
    cited = (way.due.version, online) if way.channel == "online" else (way.due.version,)
    return {
        "way": way.name,
        "channel": way.channel,
        "standing": way.standing,
        "shown": shown,
        "title": card.title,
        "status": card.status,
        "url": online.value.url if way.channel == "online" and online.value.available else "",
        "last_day": day(way.last_day),
        "last_day_in_words": card.last_day,
        "in_words": card.due,
        "last_chance_in_words": card.last_chance,
        "confirm": card.confirm,
        "need_codes": list(way.needs),
        "needs": card.needs,
        "instead": list(way.instead),
        "own_form_only": way.own_form_only,
        "deadline": deadline(way.due),
        "off": switched_off(setting, way.channel),
        "corrections": corrections(setting, notices.OF_WAY[way.channel]),
        "sources": sources(*cited),
    }


def _elections(setting: Setting) -> list[Json]:
    """The next elections, each with the last day of every way, in the page's words."""
    coming = upcoming(setting.jurisdiction.code, setting.on, presenting.ELECTIONS_SHOWN)
    rows = presenting.election_rows(setting.jurisdiction, setting.on)
    told = []
    for found, row in zip(coming, rows, strict=True):
        dues = [due_dates(setting.jurisdiction, found, channel, setting.on) for channel in CHANNELS]
        words = iter(row.last_days)
        last_days = []
        for due in dues:
            if due.available:
                label, said = next(words)
                last_days.append(
                    {
                        "channel": due.channel,
                        "label": label,
                        "last_day": day(due.ordinary_last_day_to_act),
                        "last_chance": day(due.last_day_to_act) if due.ordinary else None,
                        "in_words": said,
                    }
                )
        told.append({**election(found), "last_days": last_days})
    return told


def _who_may(setting: Setting) -> Json:
    needs = setting.needs
    rules: tuple[Version[Any], ...] = (needs.age, needs.residency, needs.felony, needs.capacity)
    if needs.citizenship_proof.value.documents != "none":
        rules = (*rules, needs.citizenship_proof)
    doubts = (phrases.confirm(version, needs.office.value) for version in rules)
    return {
        "in_words": phrases.requirements(needs, setting.jurisdiction),
        "confirm": next((doubt for doubt in doubts if doubt), ""),
        "corrections": corrections(setting, notices.WHO_MAY),
        "sources": sources(*rules),
    }


def _form(setting: Setting) -> Json:
    """How the form is taken, what it asks, and by when to mail it."""
    needs, jurisdiction = setting.needs, setting.jurisdiction
    made, nvra = is_form_made(needs), needs.nvra
    number, party, race = needs.id_number, needs.party, needs.race
    no_form = None
    if not made:
        title, paragraphs = phrases.no_form(needs, jurisdiction)
        no_form = {"title": title, "paragraphs": paragraphs}
    mailing = presenting.mail_due(setting)
    return {
        "made": made,
        "acceptance": needs.acceptance,
        "in_words": phrases.acceptance(needs, jurisdiction),
        "no_form": no_form,
        "boxes": [box for box in BOXES if box in needs.boxes],
        "previous_address_required": nvra.value.previous_address_required,
        "oath": nvra.value.oath,
        "mail_by": mailing["mail_by"] if made else "",
        "mail_confirm": mailing["mail_confirm"] if made else "",
        "id_number": {
            "kind": number.value.kind,
            "required": number.value.required,
            "if_none": number.value.if_none,
            "full_ssn_optional": number.value.full_ssn_optional,
            "in_words": phrases.id_number_help(number.value),
            **standing(number, setting),
        },
        "party": {
            "asked": party.value.asked,
            "parties": list(party.value.parties),
            "parties_confidence": party.value.parties_confidence,
            "no_party": party.value.no_party,
            "needed_for_primary": party.value.needed_for_primary,
            "in_words": phrases.party_help(party.value),
            **standing(party, setting),
        },
        "race": {"asked": race.value.asked, "in_words": phrases.race_help(race.value), **standing(race, setting)},
        "first_time_mail_id": {
            "applies": needs.first_time_mail_id.value.applies,
            **_fact("first_time_mail_id", needs.first_time_mail_id, setting),
        },
        "citizenship_proof": {
            "documents": needs.citizenship_proof.value.documents,
            **_fact("citizenship_proof", needs.citizenship_proof, setting),
        },
        "corrections": corrections(setting, notices.OF_FORM),
        "fields_href": f"/api/v1/jurisdictions/{jurisdiction.code.lower()}/fields/",
        **standing(nvra, setting),
    }


def _fact(name: str, version: Version[Any], setting: Setting) -> Json:
    """A rule in the words of the page of all rules."""
    return {"in_words": facts.said(name, version.value, setting.jurisdiction), **standing(version, setting)}


def _mail_to(setting: Setting) -> Json:
    version = setting.needs.mail_to
    return {
        "lines": list(version.value.lines),
        "local": version.value.local,
        "local_url": version.value.local_url,
        "corrections": corrections(setting, ("mail_to",)),
        **_fact("mail_to", version, setting),
    }


def _office(setting: Setting) -> Json:
    version, contact = setting.needs.office, presenting.office(setting)
    return {
        "name": contact.name,
        "telephone": contact.telephone,
        "dial": contact.dial,
        "email": contact.email,
        "website": contact.website,
        "lines": list(presenting.office_lines(setting)),
        "doubt": phrases.office_doubt(version),
        "corrections": corrections(setting, ("office",)),
        **standing(version, setting),
    }


def _pages(setting: Setting) -> Json:
    """The jurisdiction's own pages, "" where none is known."""
    needs, jurisdiction, on = setting.needs, setting.jurisdiction, setting.on
    polling, absentee = jurisdiction.polling_place.on(on), jurisdiction.absentee.on(on)
    return {
        "status": needs.pages.value.status,
        "status_confirm": phrases.confirm(needs.pages, needs.office.value),
        "online_registration": needs.online.value.url if needs.online.value.available else "",
        "polling_place": polling.value.url if polling else "",
        "absentee": absentee.value.url if absentee else "",
        "local_offices": needs.mail_to.value.local_url,
        "corrections": corrections(setting, ("pages", "online", "polling_place", "absentee")),
        "sources": sources(needs.pages, *(version for version in (polling, absentee) if version)),
    }
