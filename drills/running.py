"""Runs drills one after the other, prints what held, and keeps one log of each in ``drills/log``."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from drills.oracle import NAMES, Verdict
from drills.places import ROOT, run_folder
from drills.registry import Drill
from drills.stack import Stack
from drills.stage import Stage

LOG = ROOT / "drills" / "log"
SEED = 20261103


@dataclass
class Report:
    """One run of one drill. ``trouble``: what ended the drill itself, or ""."""

    drill: Drill
    seed: int
    at: str
    seconds: float = 0.0
    verdicts: list[Verdict] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""

    @property
    def passed(self) -> bool:
        return not self.trouble and bool(self.verdicts) and all(each.passed for each in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        drill = self.drill
        return {
            "id": drill.id,
            "title": drill.title,
            "broken": drill.broken,
            "must_hold": drill.holds,
            "at": self.at,
            "commit": commit(),
            "machine": machine(),
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "passed": self.passed,
            "trouble": self.trouble,
            "verdicts": [each.as_json() for each in self.verdicts],
            "figures": self.figures,
        }


def commit() -> str:
    words = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603  our own words


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def perform(drill: Drill, stack: Stack, seed: int) -> Report:
    report = Report(drill, seed, datetime.now(UTC).isoformat(timespec="seconds"))
    begun = time.monotonic()
    stage: Stage | None = None
    try:
        stage = Stage(drill, stack, seed)
        drill.run(stage)
        report.verdicts = stage.settle()
        report.figures = stage.figures
    except Exception as error:  # noqa: BLE001  whatever ends one drill, the others go on
        report.trouble = f"{type(error).__name__}: {error}".replace(str(stack.folder), "").replace(str(ROOT), "")[:400]
        print(traceback.format_exc().replace(str(stack.folder), "..."))
        report.figures = stage.figures if stage else {}
        report.verdicts = stage.musts if stage else []
    finally:
        if stage:
            stage.close()
        stack.heal()
    report.seconds = time.monotonic() - begun
    return report


def printed(report: Report) -> str:
    lines = [f"{report.drill.id}  {report.drill.title}  (seed {report.seed}, {report.seconds:.0f} s)"]
    for each in report.verdicts:
        name = NAMES.get(each.id, "")
        said = f"{name}: {each.said}" if name else each.said
        lines.append(f"  {'PASS' if each.passed else 'FAIL'}  {each.id:<4}  {said}")
        lines += [f"              {offender}" for offender in each.offenders]
    lines += [f"  FAIL  the drill ended early: {report.trouble}"] if report.trouble else []
    lines.append(
        "  "
        + ", ".join(f"{name} {value}" for name, value in report.figures.items() if not isinstance(value, list | dict))
    )
    lines.append(f"  {'PASSED' if report.passed else 'NOT PASSED'}")
    return "\n".join(lines)


def write(report: Report, folder: Path = LOG) -> None:
    path = folder / f"{report.drill.id.lower()}.json"
    path.write_text(json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def run(drills: list[Drill], seed: int = SEED) -> int:
    """The number of drills that did not pass."""
    failed = 0
    with run_folder() as folder:
        stack = Stack(folder)
        try:
            for each in drills:
                report = perform(each, stack, seed)
                print(printed(report), flush=True)
                write(report)
                failed += not report.passed
        finally:
            stack.stop()
    return failed
