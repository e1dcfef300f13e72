"""The one form of one jurisdiction: its steps, the posted answers, and what the domain says about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from registration import phrases
from registration.applicant import Applicant
from registration.domain import contacts, subscriptions
from registration.domain.rules import Corrected
from registration.domain.validation import Problem, problems
from registration.forms import contact_step, messages_step
from registration.forms.bound import BoundStep, Complaint, anchor_of, bind, problem_names
from registration.forms.choice_steps import stand_ins
from registration.forms.conflicts import conflicts
from registration.forms.reading import Answers, applicant_from, written_birth_date
from registration.forms.shapes import Step
from registration.forms.steps import steps_for
from registration.models import OptInQuestion, Partner, Switch
from state_rules import CHANNELS, Assessment, Channel, Election, FormNeeds, Jurisdiction, assess
from state_rules import Answers as Said

TRAP = "website"
ASK_OFFICIAL = "ask_official"
YES_NO = {"yes": True, "no": False}
#: One notice as a page carries it: its code and the field that it is about.
SEEN = re.compile(r"[a-z0-9_]{1,40}:[a-z0-9_]{0,40}", re.ASCII)
SEEN_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form is made for: a jurisdiction's rules on a day, and the election in view.

    ``switches``: what operators have switched off there for now, one a way. ``corrections``: those in the rules.
    ``questions``: what ``partner``, who brings the person, asks there; none without a partner. ``messages``: the
    names of those that we offer to send.
    """

    jurisdiction: Jurisdiction
    needs: FormNeeds
    election: Election
    on: date
    switches: tuple[Switch, ...] = ()
    corrections: tuple[Corrected, ...] = ()
    partner: Partner | None = None
    questions: tuple[OptInQuestion, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def off(self) -> frozenset[Channel]:
        """The ways to which nobody is sent now."""
        named = {switch.channel for switch in self.switches}
        return frozenset(channel for channel in CHANNELS if channel in named)

    def switch_of(self, channel: str) -> Switch | None:
        return next((switch for switch in self.switches if switch.channel == channel), None)


@dataclass
class ApplicationForm:
    """``data``: posted text by name; empty for a fresh form."""

    setting: Setting
    data: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        setting = self.setting
        steps = steps_for(setting.needs, setting.jurisdiction, setting.election)
        if setting.messages:
            steps = (*steps, messages_step.messages(setting.messages, setting.election))
        if setting.partner is None or not setting.questions:
            return steps
        return (*steps, contact_step.contact(setting.partner, setting.questions, setting.election, setting.messages))

    @cached_property
    def applicant(self) -> Applicant:
        return applicant_from(self.data, self.setting.needs, self.setting.jurisdiction.code)

    @cached_property
    def wish(self) -> contacts.Wish | None:
        """What the person lets the partner have. No part of the applicant: it is neither sealed nor printed."""
        return contact_step.wish(Answers(self.data), self.setting.questions, self.applicant)

    @cached_property
    def messages(self) -> subscriptions.Wish | None:
        """What the person wants us to send. No part of the applicant, either."""
        return messages_step.wish(Answers(self.data), self.setting.messages)

    @cached_property
    def complaints(self) -> tuple[Complaint, ...]:
        """Everything that stands in the way, and each notice that the person has not seen yet."""
        found = problems(self.applicant, self.setting.jurisdiction, self.setting.election, on=self.setting.on)
        found += tuple(conflicts(Answers(self.data), self.setting.needs))
        if self.wish is not None:
            found += contacts.problems(self.wish, self.setting.questions)
        if self.messages is not None:
            found += subscriptions.problems(self.messages, self.setting.messages)
        said = (*self._ask_first(), *(self._said(each) for each in found))
        return tuple(each for each in said if not (each.advisory and each.token in self.notices_seen))

    @property
    def notices_seen(self) -> tuple[str, ...]:
        """The notices that the person has seen and kept, as "code:field"; anything else is dropped."""
        words = self.data.get("notices_seen", "").split()
        return tuple(dict.fromkeys(word for word in words if SEEN.fullmatch(word)))[:SEEN_AT_MOST]

    @property
    def blocking(self) -> tuple[Complaint, ...]:
        return tuple(each for each in self.complaints if not each.advisory)

    @property
    def notices_shown(self) -> str:
        """The hidden field's value once this page has been seen."""
        tokens = [*self.notices_seen, *(each.token for each in self.complaints if each.advisory)]
        return " ".join(dict.fromkeys(tokens))

    @property
    def is_trapped(self) -> bool:
        """Whether something filled in the input that people do not see."""
        return bool(self.data.get(TRAP, ""))

    @cached_property
    def assessment(self) -> Assessment:
        """Our reading of the eligibility answers, for the outcome that the page shows."""
        answers = Said(
            citizen=YES_NO.get(self.applicant.citizen),
            birth_date=self.applicant.birth_date,
            other_rule=self.applicant.other_rule,
        )
        return assess(answers, self.setting.jurisdiction, self.setting.election, self.setting.on)

    def step(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def complaints_of(self, step: Step) -> tuple[Complaint, ...]:
        """Those about one step, for the step check. It is never sent a number: good ones stand in for those that
        the choice names, so that only what follows from the choice itself is said."""
        sent = dict(self.data.items()) | stand_ins(self.data.get("id_choice", ""))
        return tuple(
            each for each in ApplicationForm(self.setting, sent).complaints if each.field in problem_names(step)
        )

    def bound(self, complaints: tuple[Complaint, ...]) -> tuple[BoundStep, ...]:
        return bind(self.steps, self.data, complaints)

    def _said(self, problem: Problem) -> Complaint:
        if problem.code == "birth_date_required":
            # An Applicant holds a date or none; what was written and is no date is known only here.
            written = written_birth_date(Answers(self.data))
            problem = written if isinstance(written, Problem) else problem
        message = phrases.problem(problem, self.setting.jurisdiction)
        return Complaint(problem.code, problem.field, anchor_of(problem.field, self.steps), message, problem.advisory)

    def _ask_first(self) -> tuple[Complaint, ...]:
        """The notice that an official should be asked first, where one of the state's other rules may apply."""
        if self.applicant.other_rule not in ("yes", "unsure"):
            return ()
        title, _paragraphs = phrases.assessment(self.assessment, self.setting.jurisdiction)
        return (Complaint(ASK_OFFICIAL, "other_rule", anchor_of("other_rule", self.steps), title, advisory=True),)
