"""Measuring ways of doing one thing: interleaved rounds, processor time, medians."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 7
SHARE = 0.15
"""Seconds of processor time that each way gets in each round, or one call if that takes longer."""


@dataclass(frozen=True)
class Way:
    """One way of doing it: ``run`` gives the bytes made."""

    name: str
    run: Callable[[], bytes]


@dataclass(frozen=True)
class Figure:
    """The median over the rounds: seconds of processor time a call, and bytes made."""

    name: str
    seconds: float
    size: int

    @property
    def per_second(self) -> float:
        return 1 / self.seconds


def _once(way: Way, calls: int) -> float:
    start = time.process_time()
    for _ in range(calls):
        way.run()
    return (time.process_time() - start) / calls


def measure(ways: list[Way]) -> list[Figure]:
    """Measures all ways in turn, round by round, so that a slow moment of the machine meets all of them."""
    sizes, calls = {}, {}
    for way in ways:
        sizes[way.name] = len(way.run())
        calls[way.name] = max(1, int(SHARE / max(_once(way, 3), 1e-7)))
    times: dict[str, list[float]] = {way.name: [] for way in ways}
    gc.collect()
    for _ in range(ROUNDS):
        for way in ways:
            times[way.name].append(_once(way, calls[way.name]))
    return [Figure(way.name, statistics.median(times[way.name]), sizes[way.name]) for way in ways]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def machine() -> str:
    """What the figures were measured on."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def table(title: str, figures: list[Figure], against: str) -> str:
    """The figures as text; the last column is how many times slower each way is than ``against``."""
    base = next(figure.seconds for figure in figures if figure.name == against)
    rows = [f"{title}: median of {ROUNDS} interleaved rounds, processor time of this process, one core", ""]
    rows.append(f"{'way':<52}{'ms each':>11}{'per second':>13}{'kB':>8}{'times':>9}")
    for figure in figures:
        rows.append(
            f"{figure.name:<52}{figure.seconds * 1000:>11.4f}{figure.per_second:>13,.0f}"
            f"{figure.size / 1000:>8.0f}{figure.seconds / base:>9.1f}"
        )
    return "\n".join(rows)
