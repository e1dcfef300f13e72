"""A correction ahead of a release: one version of one rule, laid over a jurisdiction as its file has it.

A fragment is written in the grammar of the rule files and is checked as strictly: its ``[sources.*]``, one version of
one rule, and for deadlines and holidays the ``[[examples]]`` that prove it. It may cite the file's own sources.

Whether a correction is in force is for the clock outside to say: while it is, the whole of it is laid over the file,
and after it none of it. So its version needs no last day of its own, which matters where a rule is asked for by the
day of an election (deadlines, holidays) that comes after the correction's end. From its ``effective`` day (the
correction's first day where the fragment names none) it stands before every older version. A version of the file that
begins later still takes over on its day, unless the fragment's begins on the same day: then it stands in its place.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from state_rules.dated import Rule, Source, Version
from state_rules.jurisdiction import Deadline, Example, Jurisdiction
from state_rules.loader import check_deadline, check_example, check_rules, read_examples, rule_hints
from state_rules.qualifications import CHANNELS, Channel
from state_rules.rule_file import Reader, RuleFileError, reader_for, refuse_unused_sources

_DEADLINES = "deadlines."
#: Rules that are asked for by the day of an election, not by today's.
_BY_ELECTION_DAY = (*(f"{_DEADLINES}{channel}" for channel in CHANNELS), "holidays")


@dataclass(frozen=True, slots=True)
class Fragment:
    """``rule``: its name in the file, such as "office" or "deadlines.mail". ``text``: TOML. Both days are included."""

    rule: str
    text: str
    starts: date
    ends: date


def correctable_rules() -> tuple[str, ...]:
    """The names of the rules that a fragment can correct."""
    return (*rule_hints(), *(f"{_DEADLINES}{channel}" for channel in CHANNELS))


def corrected(jurisdiction: Jurisdiction, fragment: Fragment) -> Jurisdiction:
    """``jurisdiction`` with the fragment's version. Several are laid over one another, the later made last.

    Raises RuleFileError, which names the key and the problem, where the fragment is not as it must be or does not fit.
    """
    file = f"correction of {jurisdiction.code} {fragment.rule}"
    if fragment.rule not in correctable_rules():
        raise RuleFileError(file, "", f"there is no such rule; there are {', '.join(correctable_rules())}")
    raw = _parsed(file, fragment)
    reader = _reader(file, raw, jurisdiction)
    own = tuple(source for source in reader.sources.values() if source not in jurisdiction.sources)
    version = _version(reader, raw, fragment)
    examples = read_examples(reader, raw.get("examples", []))
    refuse_unused_sources(replace(reader, sources={name: reader.sources[name] for name in raw.get("sources", {})}))
    laid = replace(_with_version(jurisdiction, fragment.rule, version), sources=(*jurisdiction.sources, *own))
    laid = replace(laid, examples=(*_kept(laid, version, examples), *examples))
    check_rules(reader, laid)
    _check_examples(reader, laid, fragment.rule, (version, examples))
    return laid


def _parsed(file: str, fragment: Fragment) -> dict[str, Any]:
    try:
        raw = tomllib.loads(fragment.text)
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(file, "", f"cannot be read: {error}") from error
    name = fragment.rule.split(".")[0]
    examples = ("examples",) if fragment.rule in _BY_ELECTION_DAY else ()
    Reader(file, {}, set()).refuse_unknown(raw, ("sources", name, *examples), "")
    return raw


def _reader(file: str, raw: dict[str, Any], jurisdiction: Jurisdiction) -> Reader:
    """Knows the file's sources, too. A key that the file (perhaps since a later release) uses for another source is
    the fragment's own within the fragment."""
    reader = reader_for(file, raw.get("sources", {}))
    known = {source.key: source for source in jurisdiction.sources}
    own = {name: _renamed(source, known) for name, source in reader.sources.items()}
    return Reader(file, {**known, **own}, set())


def _renamed(source: Source, known: dict[str, Source]) -> Source:
    while known.get(source.key, source) != source:
        source = replace(source, key=f"{source.key}*")
    return source


def _version(reader: Reader, raw: dict[str, Any], fragment: Fragment) -> Version[Any]:
    table: Any = raw
    for part in fragment.rule.split("."):
        table = reader.table(table, fragment.rule)
        if part not in table:
            raise reader.fail(fragment.rule, f"is missing; write [[{fragment.rule}]]")
        if table is not raw:
            reader.refuse_unknown(table, (part,), fragment.rule.split(".")[0])
        table = table[part]
    versions = reader.tables(table, fragment.rule)
    if len(versions) != 1:
        raise reader.fail(fragment.rule, "a correction holds one version")
    hint = Deadline if fragment.rule.startswith(_DEADLINES) else rule_hints()[fragment.rule]
    version = reader.version({"effective": fragment.starts, **versions[0]}, hint, fragment.rule)
    _check_time(reader, version, fragment)
    if isinstance(version.value, Deadline):
        check_deadline(reader, version.value, version.note, fragment.rule)
        # what an operator corrects today holds today, whatever had closed before
        return replace(version, value=replace(version.value, reopens=True))
    return version


def _check_time(reader: Reader, version: Version[Any], fragment: Fragment) -> None:
    """A correction that could never be seen is a mistake."""
    if not version.operates:
        raise reader.fail(f"{fragment.rule}.status", "a correction says what holds: in_force or future")
    if version.effective < fragment.starts:
        raise reader.fail(f"{fragment.rule}.effective", f"lies before the correction's first day, {fragment.starts}")
    if version.effective > fragment.ends and fragment.rule not in _BY_ELECTION_DAY:
        raise reader.fail(f"{fragment.rule}.effective", f"lies after the correction's last day, {fragment.ends}")


def _with_version(jurisdiction: Jurisdiction, rule: str, version: Version[Any]) -> Jurisdiction:
    if not rule.startswith(_DEADLINES):
        changed: Any = {rule: _inserted(getattr(jurisdiction, rule), version)}
        return replace(jurisdiction, **changed)
    channel: Channel = next(each for each in CHANNELS if rule == f"{_DEADLINES}{each}")
    deadlines = {**jurisdiction.deadlines, channel: _inserted(jurisdiction.deadlines[channel], version)}
    return replace(jurisdiction, deadlines=deadlines)


def _inserted(rule: Rule[Any], version: Version[Any]) -> Rule[Any]:
    """In its place by day; instead of an operating version of the same day."""
    kept = [each for each in rule.versions if not (each.operates and each.effective == version.effective)]
    return Rule(tuple(sorted((*kept, version), key=lambda each: each.effective)))


def _kept(laid: Jurisdiction, version: Version[Any], own: tuple[Example, ...]) -> tuple[Example, ...]:
    """The file's examples that neither fall in the new version's time nor are written anew."""
    anew = {(each.deadline, each.election_day, each.election_kind) for each in own}
    return tuple(
        each
        for each in laid.examples
        if (each.deadline, each.election_day, each.election_kind) not in anew
        and laid.deadlines[each.deadline].on(each.election_day) is not version
    )


def _check_examples(
    reader: Reader, laid: Jurisdiction, rule: str, new: tuple[Version[Any], tuple[Example, ...]]
) -> None:
    version, own = new
    deadline = version.value
    for index, example in enumerate(own):
        used = check_example(reader, laid, example, f"examples[{index}]")
        if isinstance(deadline, Deadline) and used is not version:
            raise reader.fail(f"examples[{index}]", f"does not fall in the time of this version of {rule}")
    if isinstance(deadline, Deadline) and (deadline.all_of or deadline.any_of) and not own:
        raise reader.fail(rule, "has no [[examples]] entry that falls in its time")
    for example in laid.examples:
        if example not in own:
            key = f"examples of the file, {example.deadline} {example.election_day}"
            check_example(reader, laid, example, key)
