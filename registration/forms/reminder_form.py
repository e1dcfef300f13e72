"""Asking to be reminded of the first day on which one may register: a date of birth, and where to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from registration import phrases
from registration.domain import subscriptions
from registration.domain.subscriptions import Wish
from registration.domain.validation import Problem
from registration.domain.validation.who import OLDEST
from registration.forms.bound import BoundStep, Complaint, anchor_of, bind
from registration.forms.messages_step import EMAIL, PHONE
from registration.forms.personal_steps import birth_date
from registration.forms.reading import Answers, written_birth_date
from registration.forms.shapes import Field, Item, Step
from registration.phrases.messages import automated, box
from state_rules import Jurisdiction

REMINDER = "reminder"


@dataclass
class ReminderForm:
    """``data``: posted text by name; empty for a fresh form."""

    place: Jurisdiction
    on: date
    data: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def step(self) -> Step:
        intro: tuple[str, ...] = (_("We use your date of birth to find the day. We do not keep it."),)
        items: list[Item] = [
            birth_date(),
            Field(
                EMAIL, _("Your email address"), hint=self._hint("remind_email"), autocomplete="email", inputmode="email"
            ),
        ]
        if subscriptions.sms_offered():
            hint = f"{self._hint('remind_sms')} {automated()}"
            items.append(Field(PHONE, _("Your cell phone number"), hint=hint, autocomplete="tel", inputmode="tel"))
            intro += (_("Give your email address, your cell phone number, or both."),)
        return Step(
            REMINDER,
            _("When were you born, and where can we write?"),
            tuple(items),
            intro,
        )

    def _hint(self, name: str) -> str:
        return box(f"{name}_birthday")

    @cached_property
    def birth_date(self) -> date | Problem:
        written = written_birth_date(Answers(self.data))
        if written is None:
            return Problem("birth_date_required", "birth_date")
        if isinstance(written, Problem):
            return written
        if written > self.on:
            return Problem("birth_date_future", "birth_date")
        return Problem("birth_date_too_long_ago", "birth_date") if written.year < self.on.year - OLDEST else written

    @cached_property
    def wish(self) -> Wish:
        """A filled input is the yes to what stands beside it."""
        answers = Answers(self.data)
        email, phone = answers.text(EMAIL), answers.text(PHONE) if subscriptions.sms_offered() else ""
        return Wish(email, phone, remind_email=bool(email), remind_sms=bool(phone))

    @cached_property
    def date_complaints(self) -> tuple[Complaint, ...]:
        return self._said([self.birth_date] if isinstance(self.birth_date, Problem) else [])

    @cached_property
    def address_complaints(self) -> tuple[Complaint, ...]:
        if not self.wish.said:
            code = "reminder_address_required" if subscriptions.sms_offered() else "reminder_email_required"
            return self._said([Problem(code, EMAIL)])
        return self._said(list(subscriptions.problems(self.wish)))

    def bound(self, complaints: tuple[Complaint, ...]) -> BoundStep:
        return bind((self.step,), self.data, complaints)[0]

    def _said(self, found: list[Problem]) -> tuple[Complaint, ...]:
        return tuple(
            Complaint(
                each.code, each.field, anchor_of(each.field, (self.step,)), phrases.problem(each, self.place), False
            )
            for each in found
        )
