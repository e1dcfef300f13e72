"""The rules from a shell: ``python -m state_rules check | deadlines GA 2028-11-07 --mail | assess GA --born ...``.

Needs the standard library only. The only module here that looks at the clock.
"""

from __future__ import annotations

import signal
import sys
from datetime import date, datetime

from state_rules.commands import assess, check, coverage, deadlines, diff, export, printed, review, ways
from state_rules.commands.arguments import Parser
from state_rules.rule_file import RuleFileError

COMMANDS = (check, deadlines, ways, assess, printed, diff, review, coverage, export)


def _parser(today: date) -> Parser:
    parser = Parser(prog="python -m state_rules", description="What each jurisdiction's law asks.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands, today)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """0; 1 and one line on standard error where a file or an answer is at fault. SystemExit 2 for a wrong argument."""
    parsed = _parser(datetime.now().astimezone().date()).parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
    except RuleFileError as error:
        print(error, file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # so that "| head" ends it quietly
    sys.exit(main())
