"""Words about a partner's people: what they can do about a problem, their roles, and what was done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from registration.phrases.problems import ProblemLike

FROM_THE_DASHBOARD = gettext_noop("From the dashboard.")
SENTENCES = {
    "organization_required": gettext_noop("Enter the name of your organization."),
    "slug_shape": gettext_noop("Choose 3 to 40 small letters and digits. A hyphen may stand between them."),
    "slug_taken": gettext_noop("This short name is taken. Choose another one."),
    "email_required": gettext_noop("Enter an email address, like name@example.org."),
    "email_shape": gettext_noop("Check the email address. It looks like name@example.org."),
    "password_required": gettext_noop("Choose a password."),
    "role_required": gettext_noop("Choose a role."),
    "member_there": gettext_noop("This person is a member already."),
    "member_already": gettext_noop("You are a member already."),
    "members_too_many": gettext_noop("There can be %(limit)s members and open invitations. Remove one first."),
    "last_owner": gettext_noop("There must be an owner. Make somebody else an owner first."),
    "invitation_over": gettext_noop("This invitation was used or taken back, or its 7 days are over."),
    "too_long": gettext_noop("Shorten this to %(limit)s characters or fewer."),
    "bad_character": gettext_noop("Type this again. It has a hidden character that cannot be printed."),
    "site_shape": gettext_noop("Check the address of your web site. It looks like https://www.example.org."),
}
ROLES = {
    "owner": gettext_lazy("Owner"),
    "manager": gettext_lazy("Manager"),
    "viewer": gettext_lazy("Viewer"),
}
ROLE_HINTS = {
    "owner": gettext_lazy("Everything, with members and exports of contacts."),
    "manager": gettext_lazy("Sites, looks, questions, keys and webhooks; no members and no exports."),
    "viewer": gettext_lazy("Only looks: numbers and settings."),
}
#: What an entry of the audit says, by its action.
DEEDS = {
    "partner_signed_up": gettext_noop("The organization was signed up."),
    "partner_approved": gettext_noop("The organization was approved."),
    "partner_suspended": gettext_noop("The organization was suspended."),
    "partner_resumed": gettext_noop("The organization was opened again."),
    "site_allowed": gettext_noop("The site %(origin)s was allowed."),
    "site_removed": gettext_noop("The site %(origin)s was removed."),
    "member_invited": gettext_noop("Somebody was invited as %(role)s."),
    "invitation_revoked": gettext_noop("An invitation was taken back."),
    "member_joined": gettext_noop("A member joined as %(role)s."),
    "role_changed": gettext_noop("The role of %(subject)s changed from %(from)s to %(to)s."),
    "member_removed": gettext_noop("A member (%(role)s) was removed."),
    "member_left": gettext_noop("A member (%(role)s) left."),
    "key_made": gettext_noop("The key %(identifier)s was made."),
    "key_rotated": gettext_noop("The key %(identifier)s was replaced by %(new)s."),
    "key_revoked": gettext_noop("The key %(identifier)s was revoked."),
    "webhook_made": gettext_noop("A webhook was set up."),
    "webhook_changed": gettext_noop("A webhook was changed."),
    "webhook_rotated": gettext_noop("A webhook got a new secret."),
    "webhook_removed": gettext_noop("A webhook was removed."),
    "theme_changed": gettext_noop("The looks were changed."),
    "question_added": gettext_noop("A question was added."),
    "question_moved": gettext_noop("The order of the questions was changed."),
    "question_retired": gettext_noop("A question was retired."),
    "exported": gettext_noop("Contacts were exported."),
    "factor_reset": gettext_noop("The second step of %(subject)s was taken away. They were asked to add a new one."),
    "keeping_ended": gettext_noop("From then on nothing of applicants was kept."),
    "keeping_begun": gettext_noop("From then on the locked answers of applicants were kept."),
}
#: What it says instead where it holds more: (action, what its details must hold, sentence). The first that fits.
TELLING = (
    ("invitation_revoked", ("role",), gettext_noop("An invitation as %(role)s was taken back.")),
    ("webhook_made", ("host",), gettext_noop("A webhook to %(host)s was set up.")),
    ("webhook_changed", ("replayed",), gettext_noop("The message %(replayed)s of a webhook was sent again.")),
    ("webhook_changed", ("recovered",), gettext_noop("Messages of a webhook were sent again: %(recovered)s.")),
    ("webhook_changed", ("host",), gettext_noop("The webhook to %(host)s was changed.")),
    ("webhook_removed", ("host",), gettext_noop("The webhook to %(host)s was removed.")),
    ("theme_changed", ("logo",), gettext_noop("The logo was changed.")),
    ("question_added", ("text",), gettext_noop("The question “%(text)s” was added.")),
    ("question_retired", ("text",), gettext_noop("The question “%(text)s” was retired.")),
)
_FORMATS = {"csv": "CSV", "xlsx": "Excel"}
_ROLE_KEYS = ("role", "from", "to")


def member_problem(problem: ProblemLike) -> str:
    """What to do about it. Every problem with a site's address is said in one way here."""
    code = "site_shape" if problem.code.startswith("site_") else problem.code
    return _(SENTENCES[code]) % problem.params


def deed(action: str, details: dict[str, Any], subject: str) -> str:
    """One entry of the audit in words. ``subject``: the member it is about, where it is about one."""
    if action == "member_removed" and details.get("left"):
        action = "member_left"
    if action == "exported" and "rows" in details:
        return _export(details)
    values = _Shown({key: str(value) for key, value in details.items()})
    values["subject"] = subject
    for key in _ROLE_KEYS:
        if key in details:
            values[key] = str(ROLES.get(details[key], details[key]))
    sentence = _sentence(action, details)
    return _(sentence) % values if sentence else action


def _sentence(action: str, details: dict[str, Any]) -> str | None:
    telling = (said for name, keys, said in TELLING if name == action and all(key in details for key in keys))
    return next(telling, DEEDS.get(action))


def _export(details: dict[str, Any]) -> str:
    """How many and as what file. Whose they were stands nowhere."""
    said = ngettext(
        "%(rows)s contact was exported (%(format)s).", "%(rows)s contacts were exported (%(format)s).", details["rows"]
    )
    file = details.get("format", "")
    return said % {"rows": details["rows"], "format": _FORMATS.get(file, file)}


def reason(text: str) -> str:
    """Why it was done. Where nobody gave a reason, an entry says only where it was done."""
    return _(FROM_THE_DASHBOARD) if text == FROM_THE_DASHBOARD else text


class _Shown(dict[str, str]):
    """What an entry does not name is left out of its sentence."""

    def __missing__(self, key: str) -> str:
        return ""
