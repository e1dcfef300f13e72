"""The guide for lawyers shows a file that loads and a change that checks."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from state_rules import Election, due_dates, load_file
from state_rules.__main__ import COMMANDS, main

README = Path(__file__).parent.parent.parent / "state_rules" / "README.md"


def blocks(language: str) -> list[str]:
    found = re.findall(
        rf"^( *)```{language}\n(.*?)^ *```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def test_complete_file_of_the_guide_loads(tmp_path: Path) -> None:
    path = tmp_path / "jf.toml"
    path.write_text(blocks("toml")[0], encoding="utf-8")
    assert load_file(path).name == "Jefferson"


def test_change_of_the_guide_checks_and_moves_the_day(tmp_path: Path) -> None:
    text = blocks("toml")[0]
    version, source, example = (block for block in blocks("text") if block.startswith("["))
    (differs,) = (block for block in blocks("text") if block.startswith("differs"))
    text = re.sub(r"^differs = .*\nexplains = .*\n", differs, text, flags=re.MULTILINE)
    # the example of the old rule for 2028 gives way to the new one, and the new version follows the old
    text = re.sub(r"# Day 30 before Tuesday 2028.*?\n\n", "", text, flags=re.DOTALL)
    text = text.replace("[[deadlines.in_person]]", f"{version}\n[[deadlines.in_person]]")
    text = text.replace("[[registration_required]]", f"{source}\n[[registration_required]]") + f"\n{example}"
    path = tmp_path / "jf.toml"
    path.write_text(text, encoding="utf-8")
    state = load_file(path)
    days = {
        year: due_dates(state, Election(day, "general", "", "JF"), "mail", date(2027, 3, 20)).last_day
        for year, day in ((2026, date(2026, 11, 3)), (2028, date(2028, 11, 7)))
    }
    assert days == {2026: date(2026, 10, 5), 2028: date(2028, 10, 17)}


def commands() -> list[str]:
    lines = (line for block in blocks("text") for line in block.splitlines())
    prefix = "python3 -m state_rules "
    return [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]


def test_guide_shows_every_command() -> None:
    names = {command.__name__.rpartition(".")[2] for command in COMMANDS}
    assert {line.split()[0] for line in commands()} == names


@pytest.mark.parametrize(
    "line", [line for line in commands() if not re.search(r"\bJF\b", line)]
)  # the state that does not exist
def test_command_of_the_guide_can_be_copied(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # where export writes
    assert main(shlex.split(line)) == 0
    assert capsys.readouterr().out != ""
