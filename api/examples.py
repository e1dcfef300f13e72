"""Example requests of the document, with an invented person. Tests send them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "examples.json"
_EXAMPLES: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
ASSESSMENT, ADDRESS, APPLICATION = (_EXAMPLES[name] for name in ("assessment", "address", "application"))
ANOTHER = {**APPLICATION, "reference": "8c1b6a52-77a4-4b0e-8d0e-5b1f0c9d2e47", "lang": "es"}
