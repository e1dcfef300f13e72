"""Log lines as JSON from an allow-list of keys, so that no answer of an applicant reaches a log.

A message is logged as its constant template; its arguments are dropped, since they may hold input. An
exception is logged by type and place; its text and its locals are dropped for the same reason.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

ALLOWED_KEYS = (
    "status_code",
    "application_id",
    "jurisdiction",
    "channel",
    "language",
    "code",
    "correction",
    "count",
    "seconds",
    "kind",
    "row",
)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        for key in ALLOWED_KEYS:
            if hasattr(record, key):
                line[key] = getattr(record, key)
        if record.exc_info and record.exc_info[0]:
            kind, _value, trace = record.exc_info
            line["exception"] = kind.__name__
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return json.dumps(line, ensure_ascii=False)
