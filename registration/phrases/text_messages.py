"""What our text messages say: short, in letters that every telephone has. Everything speaks the active language.

A message of the GSM alphabet has 160 letters; one letter outside of it makes that 70. So accents that are not in it go.
"""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from registration.phrases.letters import About, Links

#: GSM 03.38, each of which counts as one letter.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_PLAIN = {"‘": "'", "’": "'", "ʻ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
LONGEST = 160


def gsm(text: str) -> str:
    """``text`` in the letters of GSM: those that it lacks without their accents, or as a question mark."""
    return "".join(_letters(mark) for mark in text)


def _letters(mark: str) -> str:
    if mark in GSM:
        return mark
    if mark in _PLAIN:
        return _PLAIN[mark]
    plain = "".join(each for each in unicodedata.normalize("NFKD", mark) if each in GSM)
    return plain or "?"


def link(about: About, links: Links) -> str:
    values = {"state": about.place, "link": links.form}
    return gsm(
        _("%(state)s voter form: print, sign and mail it. %(link)s We cannot resend this. Not registered yet.") % values
    )


def _mail(about: About) -> str:
    if about.is_late:
        return _("It is late for the mail: take it to the election office.")
    return _("Mail it by %(day)s.") % {"day": about.mail_on} if about.mail_on else _("Mail it now if you can.")


def _end(said: str, links: Links, done: str) -> str:
    return gsm(f"{said} {done} {links.mine}")


def download(about: About, links: Links, site: str) -> str:
    said = _("%(site)s: Print and sign your %(state)s voter form.") % {"site": site, "state": about.place}
    return _end(f"{said} {_mail(about)}", links, _("Done, or stop:"))


def mailed(about: About, links: Links, site: str) -> str:
    said = _("%(site)s: Did you mail your %(state)s voter form?") % {"site": site, "state": about.place}
    return _end(f"{said} {_mail(about)}", links, _("Done, or stop:"))


def deadline(about: About, links: Links, site: str) -> str:
    said = _("%(site)s: Your %(state)s voter form is due soon.") % {"site": site, "state": about.place}
    return _end(f"{said} {_mail(about)}", links, _("Done, or stop:"))


def status(about: About, links: Links, site: str) -> str:
    """Leads to the state's own page; to ours of the state where there is none, or its address is too long for one
    message."""
    said = _("%(site)s: Check if %(state)s has your voter form: %(page)s")
    values = {"site": site, "state": about.place}
    theirs, ours = (
        _end(said % {**values, "page": page}, links, _("Stop:")) for page in (about.status_page, links.state)
    )
    return theirs if about.status_page and len(theirs) <= LONGEST else ours


def birthday(about: About, links: Links, site: str) -> str:
    values = {"site": site, "state": about.place, "page": links.state}
    return _end(_("%(site)s: You can now sign up to vote in %(state)s: %(page)s") % values, links, _("Stop:"))
