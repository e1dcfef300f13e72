"""What a partner asks an applicant in its own words: may we write to you? Text, and nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import is_blank, text_problems
from registration.models import AuditEntry, OptInQuestion, Partner

LONGEST = 300
MOST_ACTIVE = 3
#: An address of the web or of a mailbox: a scheme, "www.", an @ between letters, or letters about a dot.
_LINK = re.compile(r"://|\bwww\.|\S@\S|\w\.[^\W\d_]{2,}", re.IGNORECASE)
_MARKUP = re.compile(r"[<>]|&#?\w+;|\[[^\]]*\]\(")
#: Marks that turn the direction of a text, or are not seen at all; the joiners of some scripts are not among them.
_TURNING = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Wording:
    """``text_es`` may be "": people who read Spanish see the English then."""

    means: str
    text: str
    text_es: str = ""


def problems(wording: Wording) -> tuple[Problem, ...]:
    """Everything that is wrong with a question at once."""
    found: list[Problem] = []
    if wording.means not in OptInQuestion.Means.values:
        found.append(Problem("question_means", "means"))
    if is_blank(wording.text):
        found.append(Problem("question_required", "text"))
    for field, text in (("text", wording.text), ("text_es", wording.text_es)):
        found += _text_problems(field, text)
    return tuple(found)


def _text_problems(field: str, text: str) -> Iterator[Problem]:
    found = list(text_problems(text, field, LONGEST))
    if not found and _TURNING.search(text):
        found = [Problem("bad_character", field)]
    yield from found
    if _MARKUP.search(text):
        yield Problem("question_markup", field)
    elif _LINK.search(text):
        yield Problem("question_link", field)


def active(partner: Partner) -> list[OptInQuestion]:
    """In the order in which they are asked."""
    return list(OptInQuestion.objects.filter(partner=partner, retired_at=None).order_by("position", "pk"))


def retired(partner: Partner) -> list[OptInQuestion]:
    """The last one first."""
    return list(OptInQuestion.objects.filter(partner=partner).exclude(retired_at=None).order_by("-retired_at", "-pk"))


def add(partner: Partner, wording: Wording, order: Order) -> tuple[Problem, ...]:
    """Ask one more question, after the others. Where there are problems, nothing is changed."""
    order.check()
    found = problems(wording)
    if found:
        return found
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)  # one after the other, or the limit could be passed
        asked = OptInQuestion.objects.filter(partner=partner, retired_at=None)
        if asked.count() >= MOST_ACTIVE:
            return (Problem("question_too_many", "text", {"limit": MOST_ACTIVE}),)
        last = asked.aggregate(last=Max("position"))["last"]
        _make(partner, wording, 0 if last is None else last + 1, order)
    return ()


def change(question: OptInQuestion, wording: Wording, order: Order) -> tuple[Problem, ...]:
    """Ask in other words from now on, as a question of its own: nobody is to have agreed to words they did not read.

    Somebody may have the former words before them as this is done, so that they are never overwritten.
    """
    order.check()
    found = problems(wording)
    if found or _same(question, wording):
        return found
    with transaction.atomic():
        if _end(question, order):
            _make(question.partner, wording, question.position, order)
    return ()


def _same(question: OptInQuestion, wording: Wording) -> bool:
    kept = (question.means, question.text, question.text_es)
    return kept == (wording.means, wording.text.strip(), wording.text_es.strip())


def retire(question: OptInQuestion, order: Order) -> None:
    """Ask no longer. Who said yes to it stays as they were."""
    order.check()
    with transaction.atomic():
        _end(question, order)


def move_up(question: OptInQuestion, order: Order) -> None:
    """Ask it before the one that stands before it."""
    order.check()
    with transaction.atomic():
        asked = list(
            OptInQuestion.objects.select_for_update()
            .filter(partner=question.partner, retired_at=None)
            .order_by("position", "pk")
        )
        numbers = [each.pk for each in asked]
        place = numbers.index(question.pk) if question.pk in numbers else 0
        if not place:
            return
        asked[place - 1 : place + 1] = [asked[place], asked[place - 1]]
        for position, each in enumerate(asked):
            OptInQuestion.objects.filter(pk=each.pk).update(position=position)
        record(order, AuditEntry.Action.QUESTION_MOVED, question, {"position": place - 1}, question.partner)


def _make(partner: Partner, wording: Wording, position: int, order: Order) -> None:
    question = OptInQuestion.objects.create(
        partner=partner,
        means=wording.means,
        text=wording.text.strip(),
        text_es=wording.text_es.strip(),
        position=position,
        created_at=order.at,
    )
    record(order, AuditEntry.Action.QUESTION_ADDED, question, _details(question), partner)


def _end(question: OptInQuestion, order: Order) -> bool:
    """Whether it was asked until now."""
    ended = OptInQuestion.objects.filter(pk=question.pk, retired_at=None).update(retired_at=order.at)
    if ended:
        record(order, AuditEntry.Action.QUESTION_RETIRED, question, _details(question), question.partner)
    return bool(ended)


def _details(question: OptInQuestion) -> dict[str, str]:
    return {"means": question.means, "text": question.text, "text_es": question.text_es}
