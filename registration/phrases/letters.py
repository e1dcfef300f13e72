"""What our emails say, as parts that a letter shows one below the other. Everything speaks the active language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from registration.phrases.cover import cover_warning


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, in words. ``state`` as it stands within a sentence, ``place`` as short as it is
    known.

    ``mail_by``: by when to mail the form, as sentences; ``mail_on``: the last day to mail it, "" where none can be
    named or it is not certain; ``mail_to``: the lines of the address, or none and a ``hint`` how to find it. ``doubt``:
    what we are not sure of. ``office``: the election office and how to reach it; ``status_page``: the state's own page
    to look oneself up, or "". ``asked``: who asked for a reminder and when, as a sentence.
    """

    state: str
    place: str
    election: str
    election_day: str
    mail_by: str
    mail_on: str = ""
    is_late: bool = False
    mail_to: tuple[str, ...] = ()
    hint: str = ""
    doubt: str = ""
    request_only: str = ""
    office: tuple[str, ...] = ()
    status_page: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Links:
    """Addresses of this site. ``form`` opens one person's form; ``mine`` is where they end their messages, or ""."""

    state: str
    code: str
    apply: str
    form: str = ""
    mine: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """``kind`` says how it looks; ``url`` is where a "link" or a "button" leads; ``lines`` stand below the text."""

    kind: Literal["text", "strong", "heading", "button", "link", "lines"]
    text: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    subject: str
    parts: tuple[Part, ...]


def _text(words: str) -> Part:
    return Part("text", words)


def _where(about: About) -> list[Part]:
    """By when and where to mail it, and what we are not sure of."""
    parts = [Part("strong", about.mail_by)]
    if about.doubt:
        parts.append(_text(about.doubt))
    if about.mail_to:
        parts.append(Part("lines", _("Mail it to:"), lines=about.mail_to))
    if about.hint:
        parts.append(_text(about.hint))
    if about.office and (about.doubt or about.hint):
        parts.append(Part("lines", _("The election office:"), lines=about.office))
    return parts


def _what(about: About) -> str:
    values = {"election": about.election, "day": about.election_day}
    return _("The election: %(election)s on %(day)s.") % values


def _to_do(about: About) -> str:
    if about.request_only:
        return _("Print it, check every line and put it in the mail.")
    return _("Print it, check every line and sign it with a pen. Then put it in the mail.")


def _what_counts(about: About) -> str:
    """Why the form has to be mailed, and by whose hand it counts."""
    return about.request_only or _("It counts only when the election office has it, with your signature.")


def _own_form(about: About) -> Part | None:
    """What comes after the form where it only asks for the state's own."""
    if not about.request_only:
        return None
    return _text(_("When the state's own form comes, fill it in, sign it and send it back."))


def link(about: About, links: Links, kept_until: str) -> Said:
    """The email with the link to the form. ``kept_until``: the day on which the answers are deleted, in words."""
    parts = [
        _text(
            _("You filled in a voter registration form for %(state)s.") % {"state": about.state} + " " + _what(about)
        ),
        Part("button", _("Get your form"), links.form),
        _text(_to_do(about)),
        *([_text(about.request_only)] if about.request_only else []),
        *_where(about),
        Part("strong", cover_warning()),
        Part("heading", _("About this link")),
        _text(_("Whoever has the link can open your form. Do not share it.")),
        _text(_("We cannot send the link again: we keep no copy of it. Keep this email until your form is mailed.")),
        _text(
            _("Your answers are locked, and only this link opens them. We delete them on %(day)s.")
            % {"day": kept_until}
        ),
        _text(_("If you did not ask for this email, delete it. Somebody may have typed your address by mistake.")),
    ]
    if links.mine:
        parts.append(Part("link", _("Stop our messages, or have us delete everything now"), links.mine))
    return Said(_("Your voter registration form for %(state)s") % {"state": about.state}, tuple(parts))


def asked(day: str, site: str, partner: str) -> str:
    """Who asked for a reminder: nobody has proved that the address is theirs. ``partner``: who brought them, or ""."""
    if partner:
        said = _("On %(day)s, somebody came from %(partner)s to %(site)s and asked us to remind you at this address.")
    else:
        said = _("On %(day)s, somebody asked on %(site)s that we remind you at this address.")
    return said % {"day": day, "site": site, "partner": partner}


def _reminder(subject: str, *parts: Part | None, about: About, links: Links, stop: str) -> Said:
    end = (
        Part("heading", _("Why you get this")),
        _text(about.asked),
        _text(_("If that was not you, stop our messages. It takes one press, and we erase your address.")),
        Part("link", stop, links.mine),
    )
    return Said(subject, (*(part for part in parts if part is not None), *end))


def download(about: About, links: Links) -> Said:
    """A day later: the form was not downloaded."""
    return _reminder(
        _("Your voter registration form is waiting for you"),
        _text(
            _("You filled in a voter registration form for %(state)s.") % {"state": about.state} + " " + _what(about)
        ),
        _text(_("It was not downloaded yet.") + " " + _what_counts(about)),
        _text(_("To get it, open the link that we sent you, or type your code.")),
        Part("button", _("Type your code"), links.code),
        Part("link", _("If you have no link and no code, make a new form"), links.apply),
        *_where(about),
        Part("strong", cover_warning()),
        about=about,
        links=links,
        stop=_("Tell us that you mailed it, or stop our messages"),
    )


def mailed(about: About, links: Links) -> Said:
    """A few days later: was it mailed?"""
    return _reminder(
        _("Did you mail your voter registration form?"),
        _text(_("A few days ago you made a voter registration form for %(state)s.") % {"state": about.state}),
        _text(_what_counts(about)),
        *_where(about),
        Part("button", _("I mailed it"), links.mine),
        Part("strong", cover_warning()),
        about=about,
        links=links,
        stop=_("Stop our messages"),
    )


def deadline(about: About, links: Links) -> Said:
    """The last day is near."""
    subject = _("The last day for your voter registration form is near")
    if about.mail_on:
        subject = _("Mail your voter registration form by %(day)s") % {"day": about.mail_on}
    return _reminder(
        subject,
        _text(
            _("This is about your voter registration form for %(state)s.") % {"state": about.state} + " " + _what(about)
        ),
        *_where(about),
        Part("button", _("I mailed it"), links.mine),
        Part("link", _("See every way to register that is still open"), links.state),
        Part("strong", cover_warning()),
        about=about,
        links=links,
        stop=_("Stop our messages"),
    )


def status(about: About, links: Links) -> Said:
    """Three weeks later: has the office taken it?"""
    page = Part("button", _("Look yourself up on the state's page"), about.status_page) if about.status_page else None
    ask = (
        _("If you do not find yourself, call or write to the office:")
        if page
        else _("Ask the office if it has your form:")
    )
    return _reminder(
        _("Check that your voter registration form has arrived"),
        _text(_("About three weeks ago you made a voter registration form for %(state)s.") % {"state": about.state}),
        _text(_("If you mailed it, the election office has had time to read it. Only that office registers you.")),
        _own_form(about),
        page,
        Part("lines", ask, lines=about.office),
        about=about,
        links=links,
        stop=_("Stop our messages"),
    )


def birthday(about: About, links: Links, from_day: str) -> Said:
    """Who was too young may register from ``from_day`` on."""
    values = {"state": about.state, "day": from_day}
    return _reminder(
        _("You are now old enough to sign up to vote in %(state)s") % values,
        _text(_("You asked us to tell you. By your age, you can sign up to vote in %(state)s from %(day)s.") % values),
        Part("button", _("See how to sign up"), links.state),
        Part("lines", _("This is our reading of the rules. Only an election official can decide."), lines=about.office),
        about=about,
        links=links,
        stop=_("Stop our messages"),
    )
