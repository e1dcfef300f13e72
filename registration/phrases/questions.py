"""The questions about a person that bear on whether they may register, for whoever asks them one by one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.names import in_sentence
from state_rules import Jurisdiction

_QUESTIONS = {
    "citizen": gettext_noop("Are you a citizen of the United States?"),
    "birth_date": gettext_noop("When were you born?"),
    "resident": gettext_noop("Do you live in %(state)s?"),
    "conviction": gettext_noop("Have you been convicted of a felony? If so, where do you stand with your sentence?"),
    "owes_payment": gettext_noop("Do you still owe fines or other payments that the court ordered?"),
    "court_finding": gettext_noop("Has a court decided on your mental ability, or put you under guardianship?"),
    "resident_since": gettext_noop("Since when have you lived there?"),
    "has_documents": gettext_noop("Do you have a document that proves you are a citizen?"),
    "registered": gettext_noop("Are you registered to vote in %(state)s already?"),
}


def question(name: str, jurisdiction: Jurisdiction) -> str:
    """Raises KeyError for a question without a sentence."""
    return _(_QUESTIONS[name]) % {"state": in_sentence(jurisdiction)}
