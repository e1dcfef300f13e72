"""``python -m drills run R-01 [R-03 ...] | all | load | destroy-day [--minutes 60] | list | page``."""

from __future__ import annotations

import argparse
import signal
import sys

from drills.places import Missing
from drills.registry import all_drills, drill_of
from drills.running import SEED, run

#: Drills of their own commands, which ``all`` leaves out since they take long.
LONG = ("R-20", "R-30")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    what = parser.add_subparsers(dest="what", required=True)
    some = what.add_parser("run", help="the drills named")
    some.add_argument("ids", nargs="+")
    for name, text in (("all", "every drill but the long ones"), ("load", "R-20"), ("destroy-day", "R-30")):
        what.add_parser(name, help=text)
    for each in what.choices.values():
        each.add_argument("--seed", type=int, default=SEED)
    what.choices["destroy-day"].add_argument("--minutes", type=float, default=60)
    what.add_parser("list", help="the drills there are")
    what.add_parser("page", help="write docs/drills.md and docs/canary.md from the logs")
    return parser


def main(words: list[str] | None = None) -> int:
    chosen = arguments().parse_args(words)
    if chosen.what == "page":
        from drills import canary_page
        from drills.page import write_page

        write_page()
        canary_page.write_page()
        return 0
    if chosen.what == "list":
        print("\n".join(f"{each.id}  {each.title}" for each in all_drills()))
        return 0
    # Told to end, it ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return min(run(_drills(chosen), chosen.seed), 100)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2


def _drills(chosen: argparse.Namespace) -> list:  # type: ignore[type-arg]  # of Drill
    if chosen.what == "run":
        return [drill_of(each) for each in chosen.ids]
    if chosen.what == "load":
        return [drill_of("R-20")]
    if chosen.what == "destroy-day":
        from drills.destroying import destroy_day

        return [destroy_day(chosen.minutes)]
    return [each for each in all_drills() if each.id not in LONG]


if __name__ == "__main__":
    sys.exit(main())
