"""Says whether a run kept its promises. It knows what the people hold, and believes nothing else."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from drills.canary import Found
from drills.ledger import Answer, Receipt
from drills.people import Person
from drills.records import Records
from registration.domain.sealing import reference_hash

SHOWN = 5
#: Seconds after a fault in which an error is still its doing.
AFTER_FAULT = 10.0
#: How long before a fault a letter may have been on its way, and how long after it a row may be another's to do again.
BEFORE_FAULT, AFTER_LEASE = 15.0, 150.0
NAMES = {
    "I1": "every receipt exactly once",
    "I2": "no record that nobody sent",
    "I3": "every form opens and says what was answered",
    "I4": "no mail twice",
    "I5": "the outbox drains, dead as expected",
    "I6": "nothing that people wrote lies about",
    "I7": "no errors outside of the fault, answers kept",
    "I8": "the audit verifies",
    "I9": "the counts agree",
    "I10": "everyone's letter came",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``said``: one line with counts. ``offenders``: the first of them; never what a person wrote."""

    id: str
    passed: bool
    said: str
    offenders: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "name": NAMES.get(self.id, "")}


@dataclass(frozen=True, slots=True)
class Window:
    """While something was broken, in seconds since the epoch."""

    began: float
    ended: float
    what: str = ""

    def holds(self, at: float, after: float = AFTER_FAULT) -> bool:
        return self.began <= at <= self.ended + after


def _verdict(id: str, said: str, offenders: Iterable[str]) -> Verdict:
    all_of_them = list(offenders)
    return Verdict(id, not all_of_them, said, tuple(all_of_them[:SHOWN]))


def i1_receipts(receipts: list[Receipt], records: Records) -> Verdict:
    """Whoever holds a receipt has exactly one record and one sealed form."""
    wrong = []
    for receipt in receipts:
        digest = reference_hash(receipt.reference)
        rows, forms = records.references.get(digest, 0), records.forms.get(digest, 0)
        if (rows, forms) != (1, 1):
            wrong.append(f"#{receipt.index} ({receipt.door}): {rows} records, {forms} forms")
    twice = [reference for reference, count in Counter(each.reference for each in receipts).items() if count > 1]
    owners = len(receipts) - sum(Counter(each.reference for each in receipts)[one] - 1 for one in set(twice))
    return _verdict("I1", f"{owners} people hold receipts; {len(wrong)} lost or double", wrong)


def i2_attempts(attempts: set[str], records: Records) -> Verdict:
    """Nothing is in the database that nobody sent."""
    sent = {reference_hash(reference) for reference in attempts}
    wrong = [f"{digest.hex()[:12]}" for digest in records.references if digest not in sent]
    said = f"{sum(records.references.values())} records of {len(sent)} attempts; {len(wrong)} of nobody"
    return _verdict("I2", said, wrong)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-")).strip()


def text_of(pdf: bytes) -> str:
    """Raises ValueError where the bytes are no PDF that opens."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("does not open") from error
    try:
        return flat(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def form_problem(person: Person, pdf: bytes, mark: str) -> str:
    """What is wrong with a person's form, "" where nothing is: each answer stands there, and nobody else's does."""
    try:
        text = text_of(pdf)
    except ValueError as error:
        return str(error)
    missing = [name for name, value in person.words.items() if flat(value) not in text]
    month, day, year = person.born
    if not re.search(rf"\b0?{month}\W+0?{day}\W+{year}\b", text):
        missing.append("birth_date")
    if missing:
        return f"lacks {', '.join(missing)}"
    own = person.answers["last_name"].lower()[:-1]
    others = {word for word in re.findall(rf"{mark}[a-z]+", text.lower()) if not word.startswith(own)}
    return f"holds words of {len(others)} others" if others else ""


def i3_forms(receipts: list[Receipt], fetch: Callable[[str], bytes], mark: str, most: int = 100) -> Verdict:
    """The form of each receipt, or of ``most`` drawn by lot where there are more. ``fetch`` gives its bytes."""
    looked = receipts
    if len(looked) > most:
        looked = random.Random(mark).sample(receipts, most)  # noqa: S311  a sample, no secret
    wrong = []
    for receipt in looked:
        problem = form_problem(receipt.person, fetch(receipt.reference), mark)
        if problem:
            wrong.append(f"#{receipt.index}: {problem}")
    return _verdict("I3", f"{len(looked)} of {len(receipts)} forms read; {len(wrong)} wrong", wrong)


def i4_mails(messages: list[dict[str, Any]], windows: list[Window] | None = None) -> Verdict:
    """One mail for each person and subject. In the ``windows``, where a process was killed or a mail server hung up, it
    may come again as the same message: by its equal Message-ID a mailbox knows it."""
    from datetime import datetime

    by_person: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for message in messages:
        by_person.setdefault((",".join(message["to"]), message["subject"]), []).append(message)
    wrong = []
    again = 0
    for number, same in enumerate(by_person.values()):
        ids = {each["message_id"] for each in same}
        if len(ids) > 1 or "" in ids:
            wrong.append(f"mail {number}: {len(same)} with {len(ids)} different Message-IDs")
        elif len(same) > 1:
            first = datetime.fromisoformat(same[0]["at"]).timestamp()
            if any(window.holds(first + BEFORE_FAULT, AFTER_LEASE + BEFORE_FAULT) for window in windows or []):
                again += 1
            else:
                wrong.append(f"mail {number}: {len(same)} times outside of any fault")
    return _verdict("I4", f"{len(messages)} mails for {len(by_person)} wishes; {again} again in the fault", wrong)


def i5_outbox(records: Records, expected_dead: int) -> Verdict:
    """Nothing waits any more, no effect is there twice, and as many are given up as the drill poisoned."""
    counts = records.outbox
    wrong = [f"{counts['waiting']} still wait"] if counts.get("waiting") else []
    wrong += [f"{counts.get('dead', 0)} dead, not {expected_dead}"] if counts.get("dead", 0) != expected_dead else []
    wrong += [f"effect {kind} {count} times" for (_ref, kind), count in records.effects.items() if count > 1]
    said = ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "nothing was to send"
    return _verdict("I5", said, wrong)


def i6_canaries(found: list[Found], looked_at: str) -> Verdict:
    return _verdict("I6", f"{looked_at}; {len(found)} finds", [f"{each.what} in {each.where}" for each in found])


def i7_errors(answers: list[Answer], windows: list[Window]) -> Verdict:
    """``answers`` of people who sent a form. Outside of the windows none is a 5xx or missing; each page of a 5xx gives
    back what was typed."""
    failed = [each for each in answers if each.status >= 500 or each.status == 0]
    outside = [each for each in failed if not any(window.holds(each.at) for window in windows)]
    pages = [each for each in failed if each.status >= 500]
    lost = [each for each in pages if not each.kept]
    refused = [each for each in answers if 400 <= each.status < 500 and each.status != 429]
    wrong = [f"{each.status or each.error} at {each.at:.1f} ({each.door})" for each in outside]
    wrong += [f"{len(lost)} pages of {lost[0].status} without the answers"] if lost else []
    wrong += [f"{len(refused)} refused, the first with {refused[0].status}"] if refused else []
    said = (
        f"{len(answers)} answers, {len(failed)} failed ({len(pages)} with a page), {len(outside)} outside of the fault"
    )
    return _verdict("I7", said, wrong)


def i8_audit(printed: str, problem: str) -> Verdict:
    """``problem``: why the command failed, or ""."""
    return _verdict("I8", flat(printed)[-160:] or "no command to verify it", [problem[-300:]] if problem else [])


def i9_counts(records: Records, unsure: int, handed_back: int = 0, kept_nowhere: int = 0) -> Verdict:
    """As many forms are counted as were made. The ``unsure`` requests that a fault cut short may miss their count; a
    form that was ``handed_back`` since it could not be stored may have its own; those of which nothing is kept have."""
    made = sum(records.references.values()) + kept_nowhere
    wrong = []
    if records.counted > made + handed_back:
        wrong.append(f"{records.counted - made - handed_back} counted too many")
    if made - records.counted > unsure:
        wrong.append(f"{made - records.counted} not counted, with {unsure} requests cut short")
    said = f"{made} made, {records.counted} counted, {unsure} cut short, {handed_back} handed back"
    return _verdict("I9", said, wrong)


def i10_letters(receipts: list[Receipt], messages: list[dict[str, Any]], refused: set[str], dead: int) -> Verdict:
    """Everyone who holds a receipt and asked for a letter got one. Nobody is owed one whom the mail server ``refused``
    for good, or whose letter is among the ``dead`` that the drill made so."""
    reached = {to for each in messages for to in each["to"]}
    asked = {each.email: each.index for each in receipts if each.person.messages}
    missing = sorted(index for email, index in asked.items() if email not in reached | refused)
    wrong = [f"#{index}: no letter" for index in missing] if len(missing) > dead else []
    said = f"{len(asked)} people with a receipt asked for a letter, {len(missing)} of them got none"
    return _verdict("I10", said, wrong)
