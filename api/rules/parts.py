"""The parts of a document that several share: sources, elections, deadlines, corrections. Words come from phrases."""

from __future__ import annotations

from datetime import date
from typing import Any

from registration import phrases
from registration.domain.rules import Corrected
from registration.forms.application_form import Setting
from registration.views import notices
from state_rules import Due, DueDate, Election, Source, Version

Json = dict[str, Any]


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def source(found: Source) -> Json:
    """One citation; without its address where nobody opened it."""
    return {
        "title": found.title,
        "in_words": phrases.source_line(found),
        "url": found.url if found.was_read else "",
        "kind": found.kind,
        "dated": day(found.dated),
        "retrieved": day(found.retrieved),
    }


def sources(*versions: Version[Any]) -> list[Json]:
    """The sources of versions, each once, in the order given."""
    return [source(each) for each in dict.fromkeys(each for version in versions for each in version.sources)]


def standing(version: Version[Any], setting: Setting) -> Json:
    """Since when a rule holds, how sure we are of it, and by which sources."""
    return {
        "effective": day(version.effective),
        "confidence": version.confidence,
        "confirm": phrases.confirm(version, setting.needs.office.value),
        "sources": sources(version),
    }


def election(found: Election) -> Json:
    return {
        "day": day(found.day),
        "day_in_words": phrases.day(found.day),
        "kind": found.kind,
        "name": phrases.election_name(found),
        "rule": found.rule,
        "confidence": found.confidence,
        "doubt": phrases.election_doubt(found),
        "federal": found.jurisdiction == "US",
        "sources": [source(each) for each in found.sources],
    }


def due_date(found: DueDate) -> Json:
    """One thing to be done by a day, at a time where the election office is."""
    return {
        "event": found.event,
        "by": day(found.by),
        "by_in_words": phrases.day(found.by),
        "time": found.time,
        "time_in_words": phrases.clock(found.time),
        "latest": day(found.latest),
        "counted": day(found.counted),
        "closed_for": found.closed_for,
        "roll_unstated": found.roll_unstated,
    }


def deadline(due: Due) -> Json:
    """The regular close, and the last chance after it where there is one."""
    regular = due.ordinary or due.dates
    last_chance = None
    if due.available and due.ordinary and due.dates:
        last_chance = {
            "all_needed": due.every,
            "dates": [due_date(each) for each in due.dates],
            "last_day": day(due.last_day_to_act),
            "races": due.version.value.last_chance_scope or "all",
            "in_words": phrases.last_chance(due),
        }
    return {
        "available": due.available,
        "all_needed": due.every or bool(due.ordinary),
        "dates": [due_date(each) for each in regular] if due.available else [],
        "last_day": day(due.ordinary_last_day_to_act) if due.available else None,
        "set_locally": due.set_locally,
        "zones": list(due.zones),
        "in_words": phrases.due(due),
        "last_chance": last_chance,
        "effective": day(due.version.effective),
        "confidence": due.version.confidence,
    }


def correction(found: Corrected) -> Json:
    """What an operator corrected ahead of a release, why, and until when."""
    (remark,) = notices.remarks((found,), (found.rule,))
    return {
        "number": found.number,
        "rule": found.rule,
        "since": day(found.starts_on),
        "until": day(found.ends_on),
        "reason": remark.reason.text,
        "reason_language": remark.reason.language or None,
        "in_words": f"{remark.lead} {remark.reason.text} {remark.until}",
    }


def corrections(setting: Setting, rules: tuple[str, ...]) -> list[Json]:
    """The corrections of these rules."""
    return [correction(each) for each in setting.corrections if each.rule in rules]


def switched_off(setting: Setting, channel: Any) -> Json | None:
    """Why nobody is sent to a way now, since when and until when, and what is open instead; None where it is not so."""
    found, switch = notices.off(setting, channel), setting.switch_of(channel)
    if found is None or switch is None:
        return None
    return {
        "channel": channel,
        "since": switch.starts_at.isoformat(),
        "until": switch.ends_at.isoformat(),
        "reason": found.reason.text,
        "reason_language": found.reason.language or None,
        "in_words": found.time,
        "instead": found.instead,
        "advice": found.advice,
    }
