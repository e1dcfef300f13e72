"""Writes docs/canary.md from the log of S-40: where it looked, how much, what may be there and why, what it found."""

from __future__ import annotations

import json
from typing import Any

from drills.places import ROOT
from drills.running import LOG

PAGE = ROOT / "docs" / "canary.md"
LOGGED = LOG / "s-40.json"
HEAD = """# Where what people wrote lies

Made-up people with unmistakable words came on every way there is, while everything that can fail failed; then all that
the site, its services and the machine had written was searched for these words. This page is made from the log of that
run, `drills/log/s-40.json`, by `python -m drills page`. To do it again, with PostgreSQL, Redis and RabbitMQ of Debian:

```sh
.venv/bin/python -m drills run S-40
```
"""
LIMITS = """## What this does not say

- Four digits alone are anybody's number. They are looked for in text, as a number of their own, and beside the
  word `ssn`.
- PostgreSQL's files are searched as they are, as UTF-16, and for the beginnings of words in hexadecimal and base64.
  What the database compresses there is searched in the dump.
- The contacts' files are made by the function behind the dashboard's button, not by the button.
- Memory is not searched, nor swap: encrypt it or have none. A kiosk is not part of this release.
- There is no service that collects errors. An alert is an e-mail, and is searched as every e-mail.
- Set `LimitCORE=0` for PostgreSQL, Redis and RabbitMQ: the site forbids core dumps for its own processes alone.
"""


def text_of(report: dict[str, Any]) -> str:
    figures = report["figures"]
    looked = figures["looked_for"]
    held = "everything held" if report["passed"] else "**not everything held**"
    lines = [
        HEAD,
        f"Last run: {report['at'][:10]}, {report['commit']}, {report['seconds']:.0f} seconds; {held}.",
        "",
        f"Looked for: {looked['words']} words of {looked['people']} people ({', '.join(looked['kinds'])}), "
        f"spelled {', '.join(looked['spellings'])}, and up to half a megabyte one within another.",
        "",
        "## Where we looked",
        "",
        "What may be there is the drill's own list (`drills/scenarios/canary.py`); anything else is a leak.",
        "Control: in each folder the drill planted a file in each spelling, which the same search had to find.",
        "",
        "| where | files | bytes | what may be there, and why | allowed finds | leaks | control |",
        "|---|--:|--:|---|--:|--:|---|",
    ]
    lines += [_place(each) for each in figures["places"]]
    lines += [
        "",
        "No process of the site may leave a core dump, none lies about, and one that was made to crash left none.",
        "",
    ]
    lines += [
        "## How people came",
        "",
        "| way | people | words | answers (status: how many) | leaks |",
        "|---|--:|--:|---|--:|",
    ]
    lines += [_way(each) for each in figures["ways"]]
    return "\n".join([*lines, "", LIMITS])


def _place(place: dict[str, Any]) -> str:
    may = place["may_stand_there"]
    may = "nothing" if may == "nothing" else f"{may}. {place['why']}"
    planted = place["control_planted"]
    control = f"{place['control_found']} of {planted} found" if planted else ""
    leaks = place["leaks"] if not place["leaks"] else f"**{place['leaks']}**"
    name, files, size = place["place"], f"{place['files']:,}", f"{place['bytes']:,}"
    return f"| {name} | {files} | {size} | {may} | {place['allowed_finds']} | {leaks} | {control} |"


def _way(way: dict[str, Any]) -> str:
    answers = ", ".join(f"{status if status != '0' else 'none'}: {count}" for status, count in way["answers"].items())
    leaks = way["leaks"] if not way["leaks"] else f"**{way['leaks']}**"
    return f"| {way['way']} | {way['people']} | {way['words']} | {answers} | {leaks} |"


def write_page() -> None:
    """Nothing where the drill was never run to its end."""
    report = json.loads(LOGGED.read_text(encoding="utf-8")) if LOGGED.exists() else {}
    if report.get("figures", {}).get("places"):
        PAGE.write_text(text_of(report), encoding="utf-8")
