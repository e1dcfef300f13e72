"""Deadlines and ways to register, as sentences."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration.phrases.dates import by, day
from state_rules import Channel, Due, DueDate, Way
from state_rules.holidays import last_postmark_day, previous_business_day
from state_rules.jurisdiction import Deadline, Event
from state_rules.ways import WayName

#: What we allow for the mail where a form must have arrived: the Postal Service's own advice to voters is one week.
MAIL_DAYS = 7
#: Days left are counted for people only when the end is this near.
_COUNTED_DAYS = 60

_MUST_HAPPEN = {
    "postmarked": gettext_noop("The form must be postmarked %(by)s."),
    "received": gettext_noop("The form must reach the election office %(by)s."),
    "submitted": gettext_noop("Finish the online form %(by)s."),
    "appeared": gettext_noop("Go in person %(by)s."),
    "unstated": gettext_noop("Register %(by)s."),
}
#: What to do online and in person, whichever event the rule names.
_BY_CHANNEL = {
    "online": gettext_noop("Finish the online form %(by)s."),
    "in_person": gettext_noop("Go in person %(by)s."),
}
_STILL_POSSIBLE = {
    "postmarked": gettext_noop("As a last chance, the form can be postmarked %(by)s."),
    "received": gettext_noop("As a last chance, the form can reach the election office %(by)s."),
    "submitted": gettext_noop("As a last chance, you can register online %(by)s."),
    "appeared": gettext_noop("As a last chance, you can register in person %(by)s."),
    "unstated": gettext_noop("As a last chance, you can register %(by)s."),
}
_NOT_OFFERED = {
    "online": gettext_noop("There is no online registration here."),
    "mail": gettext_noop("Registration by mail is not offered here."),
    "in_person": gettext_noop("Registration in person is not offered here."),
    "same_day": gettext_noop("You cannot register here on the day on which you vote."),
}
_SCOPES = {
    "president_only": gettext_noop("If you register then, you can vote for president only."),
    "federal_only": gettext_noop("If you register then, you can vote in federal races only."),
}
_TITLES = {
    "online": gettext_noop("Register online with the state"),
    "mail": gettext_noop("Register by mail"),
    "in_person": gettext_noop("Register in person"),
    "same_day": gettext_noop("Register and vote on one visit"),
}


def _sentence(each: DueDate, channel: Channel) -> str:
    if each.latest:
        return _(
            "Your local office sets the last day. It falls between %(first)s and %(last)s. "
            "Act by the earlier day. After it, ask if you still can."
        ) % {"first": day(each.by), "last": day(each.latest)}
    return must_happen(each.event, channel, by(each.by, each.time))


def _closed_post(dates: tuple[DueDate, ...]) -> str:
    """What to do where a postmark is due on a day on which post offices are closed; "" where none is."""
    days = [_mailing_day(each) for each in dates if each.event == "postmarked" and _mailing_day(each) < each.by]
    return " " + _("Post offices are closed then, so mail it %(by)s.") % {"by": by(min(days))} if days else ""


def _roll_note(dates: tuple[DueDate, ...]) -> str:
    """What to do where offices are closed on the last day; post offices, where it is the day of a postmark."""
    closed = _closed_post(dates)
    if closed or not any(each.roll_unstated for each in dates):
        return closed
    return " " + _("Offices are closed that day, so act sooner.")


def due(due: Due) -> str:
    """The regular close of one channel for one election, as sentences."""
    if not due.available:
        return not_offered(due.channel)
    dates = due.ordinary or due.dates
    if not dates:
        return _("No last day is set by law. Ask the election office.")
    events = [each.event for each in dates]
    if events == ["postmarked", "received"] and not due.every and not due.ordinary:
        return _("The form must be postmarked %(posted)s, or reach the election office %(arrived)s.") % {
            "posted": by(dates[0].by, dates[0].time),
            "arrived": by(dates[1].by, dates[1].time),
        } + _roll_note(dates)
    said = [_sentence(each, due.channel) for each in dates]
    if len(dates) > 1:
        all_needed = due.every or bool(due.ordinary)
        said.insert(0, _("You must meet each of these.") if all_needed else _("Any one of these is enough."))
    if due.version.value.tell:
        said.append(_(due.version.value.tell))
    return " ".join(said) + _roll_note(dates)


def last_chance(due: Due) -> str:
    """What is left after the regular close: when, where, with what, for which races; "" if nothing is."""
    if not due.available or not due.ordinary or not due.dates:
        return ""
    said = [_(_STILL_POSSIBLE[each.event]) % {"by": by(each.by, each.time)} for each in due.dates]
    return " ".join([*said, *last_chance_terms(due.version.value)])


def last_chance_terms(rule: Deadline) -> list[str]:
    """Where and with what a last chance is taken, and for which races, where the rule says so."""
    said = []
    if rule.last_chance_where:
        said.append(_("Where: %(where)s.") % {"where": _(rule.last_chance_where)})
    if rule.last_chance_proof:
        said.append(_("What to bring: %(proof)s.") % {"proof": _(rule.last_chance_proof)})
    scope = last_chance_scope(rule)
    return [*said, scope] if scope else said


def last_chance_scope(rule: Deadline) -> str:
    """For which races alone a last chance registers; "" where it is for all."""
    return _(_SCOPES[rule.last_chance_scope]) if rule.last_chance_scope in _SCOPES else ""


def must_happen(event: Event, channel: Channel, by_when: str) -> str:
    """What to do by ``by_when`` ("by day 30 before the election"), in the words of the channel."""
    if event == "unstated" and channel == "mail":
        return _("The form should reach the election office %(by)s.") % {"by": by_when}
    return _(_BY_CHANNEL.get(channel) or _MUST_HAPPEN[event]) % {"by": by_when}


def still_possible(event: Event, by_when: str) -> str:
    """What can be done as a last chance."""
    return _(_STILL_POSSIBLE[event]) % {"by": by_when}


def not_offered(way: WayName) -> str:
    return _(_NOT_OFFERED[way])


def _aim(due: Due, on: date) -> tuple[tuple[DueDate, ...], bool]:
    """The dates a mailed form should meet, and whether all of them: the regular close while it is open."""
    ordinary = due.ordinary_last_day_to_act
    if due.ordinary and ordinary and ordinary >= on:
        return due.ordinary, True
    return due.dates, due.every


def _mailing_day(each: DueDate) -> date:
    """The day by which to post a form so that it meets ``each``; a day on which post offices are open."""
    postmarked = each.event == "postmarked"
    return last_postmark_day(each.by if postmarked else each.by - timedelta(days=MAIL_DAYS))


def mailing_day(due: Due, on: date) -> date | None:
    """The last day to post the form with confidence; None where no day is stated or it is too late for that."""
    dates, every = _aim(due, on)
    if not due.available or not dates:
        return None
    days = [_mailing_day(each) for each in dates]
    chosen = min(days) if every else max(days)
    return chosen if chosen >= on else None


def is_past(due: Due, on: date) -> bool:
    """Whether it is too late to post the form or to hand it in."""
    return due.last_day_to_act is not None and due.last_day_to_act < on


def mail_is_late(due: Due, on: date) -> bool:
    """Whether the form can still be handed in, but may not arrive in time by mail."""
    stated = due.available and due.last_day_to_act is not None
    return stated and not is_past(due, on) and mailing_day(due, on) is None


def _too_late_to_mail(arrival: DueDate, on: date) -> str:
    """Where to take the form, on a day on which offices are open, if one is left."""
    if arrival.by <= on:
        return _("It is too late to mail it: take it to the election office today.")
    hand_in = max(previous_business_day(arrival.by), on)
    time = arrival.time if hand_in == arrival.by else ""
    return _("Mail may not arrive in time: take it to the election office %(by)s.") % {"by": by(hand_in, time)}


def _postmark(each: DueDate, plain: str) -> str:
    """``plain`` with the day; the legal day and the mailing day where post offices are closed on the legal one."""
    if _mailing_day(each) < each.by:
        return _("It must be postmarked %(by)s.") % {"by": by(each.by)} + _closed_post((each,))
    return _(plain) % {"by": by(each.by, each.time)}


def mail_by(due: Due, on: date) -> str:
    """The large sentence of the cover page: by when to mail the form."""
    dates, every = _aim(due, on)
    last = due.last_day_to_act
    if not due.available or not dates or last is None:
        return _("Ask the election office for the last day, and mail the form as soon as you can.")
    if is_past(due, on):
        return _(
            "The last day to mail it for this election was %(day)s. You can still mail the form for later elections."
        ) % {"day": day(last)}
    if not every:
        dates = tuple(each for each in dates if each.by >= on)
    posted = [each for each in dates if each.event == "postmarked" and _mailing_day(each) >= on]
    arriving = [each for each in dates if each.event != "postmarked"]
    if posted and not (arriving and every):
        return _postmark(
            max(posted, key=lambda each: each.by), gettext_noop("Mail it so that it is postmarked %(by)s.")
        )
    mailing = mailing_day(due, on)
    arrival = min(arriving, key=lambda each: each.by)
    parts = [_("It must ARRIVE %(by)s.") % {"by": by(arrival.by, arrival.time)}]
    if posted:
        parts.insert(0, _postmark(posted[0], gettext_noop("It must be postmarked %(by)s.")))
    if mailing:
        parts.append(_("Allow a week for the mail: mail it %(by)s.") % {"by": by(mailing)})
    else:
        parts.append(_too_late_to_mail(arrival, on))
    return " ".join(parts)


def sooner(due: Due, on: date) -> str:
    """Why not to wait for a last day that is far off; "" where it is near, past or not stated."""
    mailing = mailing_day(due, on)
    if mailing is None or mailing - on <= timedelta(days=MAIL_DAYS):
        return ""
    return _("Mail it now if you can: other elections, such as local ones, may come sooner.")


def way_title(way: Way) -> str:
    """The name of a way to register."""
    if way.own_form_only:
        return _("Register by mail with the state's own form")
    return _(_TITLES[way.name])


def _last_days_status(way: Way, on: date) -> str:
    """The status of an open way whose end is near; "" while it is far off or not stated."""
    last = way.due.ordinary_last_day_to_act
    if last is None or (last - on).days > _COUNTED_DAYS:
        return ""
    left = (last - on).days
    if left < 0:
        return _("May still be open. Ask your town or city clerk.")
    if way.channel == "mail" and not way.own_form_only and mail_is_late(way.due, on):
        return _("Too late for the mail. Hand it in.") if left == 0 else _("Mail may not arrive in time.")
    if left == 0:
        return _("Today is the last day.")
    return ngettext("Open: %(days)d day left.", "Open: %(days)d days left.", left) % {"days": left}


def way_status(way: Way, on: date) -> str:
    """Whether the way is open on ``on``, and for how long."""
    if way.standing == "none":
        return not_offered(way.name)
    if way.standing == "closed":
        return _("Closed for this election.")
    if way.standing == "off":
        return _("Not available for now.")
    if way.standing == "later":
        return _("Opens when the regular deadline has passed.")
    if way.standing == "last_chance":
        return _("The regular deadline has passed. There is one more chance.")
    return _last_days_status(way, on) or _("Open.")
