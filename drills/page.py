"""Writes docs/drills.md from the logs, so that what it says was seen to happen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from drills.oracle import NAMES
from drills.places import ROOT
from drills.running import LOG

PAGE = ROOT / "docs" / "drills.md"
FOUND = ROOT / "drills" / "found.md"
HEAD = """# Drills

What happens when the parts that the service leans on break. Each drill starts the real PostgreSQL, Redis, RabbitMQ,
web server, relay and workers on this machine, sends made-up people through them over HTTP, breaks something, mends it,
and then asks an oracle. The oracle knows what the people hold in their hands and believes nothing else.

```sh
make drills                                       # every drill but the long ones
.venv/bin/python -m drills run R-06 R-13          # some
.venv/bin/python -m drills list
make load
make destroy-day                                  # an hour of faults at random
```

PostgreSQL, Redis and RabbitMQ of Debian have to be installed; no container and no network is needed. This page is made
from the logs of the last runs, `drills/log/*.json`, by `python -m drills page`. A drill is a function in
`drills/scenarios` with `@drill` above it.

Everybody asks for the link to their form by e-mail, and most by text message, too: what is drilled is the product as it
is. `drills/plugin.py` can make a letter slow or impossible, and does nothing else.

## What shows that a drill can fail

A drill that is green whatever is broken shows nothing. Three of them run once more on a product without one of its
safeguards (`drills/broken`), and have to turn red in the very place and nowhere else:

- Without confirms the relay takes a message for told when it is written to the socket, and tells of it no second time.
  RabbitMQ dies with what it took. I5 and I10 turn red: the rows wait for good, and their letters never come.
- Without an outbox the broker is called after the commit, and nothing is written down. People come while the broker is
  away. I10 turns red: their letters never come, and nothing knows of them.
- Without a lease a worker does what it finds undone. The broker is told twice. I4 turns red: the letters come twice.

`make drills-can-fail` runs them on both, on services of their own (`tests/drills/test_broken_code.py`).

## What must always hold

"""


def logs() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(LOG.glob("*.json"))]


def text_of(reports: list[dict[str, Any]], found: str) -> str:
    lines = [f"- **{id}** {name}" for id, name in NAMES.items()]
    lines += [
        "",
        "## The last runs",
        "",
        "| drill | what is broken | what must hold | held | when |",
        "|---|---|---|---|---|",
    ]
    for each in reports:
        held = "yes" if each["passed"] else "**no**"
        name = f"{each['id']} {each['title']}"
        when = f"{each['at'][:10]}, {each['commit']}"
        lines.append(f"| {name} | {each['broken']} | {each['must_hold']} | {held} | {when} |")
    machines = sorted({each["machine"] for each in reports})
    lines += [
        "",
        f"Machine: {'; '.join(machines)}. Services, site and the people who send forms share it.",
        "",
        "## Figures",
        "",
    ]
    for each in reports:
        lines += _figures(each)
    return HEAD + "\n".join(lines).rstrip() + "\n\n" + found.strip() + "\n"


def _figures(report: dict[str, Any]) -> list[str]:
    lines = [f"### {report['id']} {report['title']}", ""]
    lines += [f"The drill ended early: {report['trouble']}", ""] if report["trouble"] else []
    for each in report["verdicts"]:
        name = f"{each['id']} " if each["name"] else ""
        lines.append(f"- {'held' if each['passed'] else '**did not hold**'}: {name}{each['said']}")
    lines += [f"- {name}: {_plain(value)}" for name, value in report["figures"].items() if not isinstance(value, list)]
    return [*lines, ""]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return str(value)


def write_page(page: Path = PAGE) -> None:
    page.write_text(text_of(logs(), FOUND.read_text(encoding="utf-8")), encoding="utf-8")
