"""``export``: all rules as one JSON bundle, its SHA-256 and its JSON Schema."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from state_rules.bundle import Bundle, as_json, checksum_line, encoded, whole
from state_rules.commands.arguments import Commands
from state_rules.schema import bundle_schema

BUNDLE, SCHEMA = "rules.json", "rules.schema.json"


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("export", help="write all rules as JSON, with their SHA-256 and JSON Schema")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to; made if it is not there")
    parser.set_defaults(run=export)


def export(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    bundle = whole()
    try:
        written = write(bundle, folder)
    except OSError as error:
        raise SystemExit(f"{error.filename or folder}: cannot be written: {error.strerror}") from None
    for path in written:
        print(path)
    print(f"rules {bundle.rules_version}")
    return 0


def write(bundle: Bundle, folder: Path) -> list[Path]:
    """Write the three files, the same bytes for the same data, and return their paths. Raises OSError."""
    content = encoded(as_json(bundle))
    files = {
        BUNDLE: content,
        f"{BUNDLE}.sha256": checksum_line(content, BUNDLE).encode(),
        SCHEMA: encoded(bundle_schema()),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]
