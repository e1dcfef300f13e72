from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from state_rules import Jurisdiction, load_file

FIXTURE = Path(__file__).parent.parent / "fixtures" / "rules" / "jf.toml"
Edit = Callable[..., Jurisdiction]


@pytest.fixture
def jefferson() -> Jurisdiction:
    return load_file(FIXTURE)


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Load the made-up state with pieces of its text replaced: ``edited(("old", "new"), ...)``."""

    def load(*replacements: tuple[str, str], name: str = "jf.toml") -> Jurisdiction:
        text = FIXTURE.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return load_file(path)

    return load


@pytest.fixture
def with_deadline(edited: Edit) -> Edit:
    """Jefferson with another rule for mail: ``with_deadline(toml lines, example lines)``; examples are left out."""

    def load(rule: str, example: str = "") -> Jurisdiction:
        text = FIXTURE.read_text(encoding="utf-8")
        old_rule = 'all_of = [{ event = "postmarked", days_before = 30 }]\nif_closed = "next_business_day"'
        start = text.index("# What the printed National Form says")
        end = text.index('[[examples]]\ndeadline = "online"')
        return edited((old_rule, rule), (text[start:end], example))

    return load
