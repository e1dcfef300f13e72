"""A question that a partner asks in its own words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.domain.questions import LONGEST, Wording
from registration.forms.partners.base import SettingsForm, line, sentence
from registration.models import OptInQuestion
from registration.phrases.partner_settings import MEANS


class QuestionForm(SettingsForm):
    means = forms.ChoiceField(
        label=_("How you would write"),
        choices=list(MEANS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": sentence("question_means"), "invalid_choice": sentence("question_means")},
    )
    text = line(
        _("Question in English"),
        missing="question_required",
        help_text=_("Plain text of up to %(limit)s characters. Say who writes, about what and how often.")
        % {"limit": LONGEST},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text_es = line(
        _("Question in Spanish"),
        help_text=_("Without it, people who read Spanish see the English one."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
    )

    @property
    def wording(self) -> Wording:
        """What was typed. A line that the browser broke is one line."""
        said = {name: " ".join(self.data.get(name, "").split()) for name in ("means", "text", "text_es")}
        return Wording(**said)

    @classmethod
    def showing(cls, question: OptInQuestion) -> QuestionForm:
        return cls(initial={"means": question.means, "text": question.text, "text_es": question.text_es})
