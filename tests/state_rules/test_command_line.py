"""The command line as a whole, run by a Python without any installed package; and its errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from state_rules.__main__ import COMMANDS, main

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "-E", "-m", "state_rules", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package in a folder of its own, to be broken."""
    for pattern in ("*.py", "*.toml"):
        for path in (ROOT / "state_rules").rglob(pattern):
            target = tmp_path / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


def test_check_passes_without_installed_packages() -> None:
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("56 jurisdictions, ")


@pytest.mark.parametrize(
    "command",
    [
        ("deadlines", "GA", "2028-11-07"),
        ("ways", "GA"),
        ("assess", "GA"),
        ("printed",),
        ("diff", "2026-07-01", "2027-01-01"),
        ("review",),
        ("coverage",),
    ],
    ids=lambda command: command[0],
)
def test_command_answers_without_installed_packages(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.returncode, done.stderr, done.stdout != "") == (0, "", True)


def test_every_command_is_named_as_its_module() -> None:
    names = [command.__name__.rpartition(".")[2] for command in COMMANDS]
    assert sorted(path.stem for path in (ROOT / "state_rules" / "commands").glob("*.py")) == sorted(
        [*names, "__init__", "arguments", "says"]
    )


def test_check_of_a_broken_file_names_it(copied: Path) -> None:
    georgia = copied / "state_rules" / "data" / "ga.toml"
    georgia.write_text(georgia.read_text().replace("nth_before = 5", "nth_before = 4", 1))
    done = run("check", folder=copied)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "ga.toml: examples[0].expect: says submitted 2026-10-05, but the rule gives submitted"
    )


def test_check_names_every_file_that_is_broken(copied: Path) -> None:
    for name in ("ga", "tx", "elections"):
        path = copied / "state_rules" / "data" / f"{name}.toml"
        path.write_text("surprise = 1\n" + path.read_text())
    done = run("check", folder=copied)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "elections.toml: surprise: unknown key",
        "ga.toml: surprise: unknown key",
        "tx.toml: surprise: unknown key",
    ]


@pytest.mark.parametrize("command", ["review", "coverage", "printed", "check"])
def test_broken_file_is_one_line_whatever_is_asked(copied: Path, command: str) -> None:
    georgia = copied / "state_rules" / "data" / "ga.toml"
    georgia.write_text(georgia.read_text() + "\nsurprise = 1\n")
    done = run(command, folder=copied)
    # the last table of the file is an example, so the stray key lands there
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("ga.toml: examples[")
    assert done.stderr.endswith(".surprise: unknown key\n")


def test_reader_that_stops_early_ends_the_command_quietly() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -S -E -m state_rules review | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deadlines", "zz", "2028-11-07"], "deadlines: argument code: 'zz': no such jurisdiction; the codes are AK, "),
        (["review", "--state", "zz"], "review: argument --state: 'zz': no such jurisdiction; the codes are AK, "),
        (["ways", "GA", "2028-13-01"], "ways: argument election_day: '2028-13-01' is not a day; write it as YYYY-"),
        (["ways", "GA", "9999-11-07"], "ways: argument election_day: 9999-11-07 is not between 1900-01-01 and 2199-"),
        (["assess", "GA", "--on", "soon"], "assess: argument --on: 'soon' is not a day; write it as YYYY-MM-DD"),
        (["assess", "GA", "--born", "0001-01-01"], "assess: argument --born: 0001-01-01 is not between 1900-01-01 "),
        (["review", "--months", "-1"], "review: argument --months: '-1' is not a number of months from 0 to 1200"),
        (["review", "--months", "9999"], "review: argument --months: '9999' is not a number of months from 0 to "),
        (["deadlines", "GA"], "deadlines: the following arguments are required: election_day"),
        ([], ": the following arguments are required: COMMAND"),
    ],
)
def test_wrong_argument_is_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    error = capsys.readouterr().err
    joint = " " if arguments else ""
    assert (stopped.value.code, error.count("\n")) == (2, 1)
    assert error.startswith(f"python -m state_rules{joint}{said}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ways", "GA", "--on", "1950-01-01"], "GA: nothing is known for 1950-01-01: the data begins later"),
        (["assess", "GA", "--on", "1950-01-01"], "GA: nothing is known for 1950-01-01: the data begins later"),
        (
            ["deadlines", "GA", "1950-01-01", "--mail", "--on", "1950-01-01"],
            "GA: deadlines.mail: no deadline is known for 1950-01-01: the data begins later",
        ),
        (["diff", "2027-01-01", "2026-01-01"], "2027-01-01 comes after 2026-01-01; write the earlier day first"),
    ],
)
def test_day_without_an_answer_is_one_line(arguments: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == said


def test_last_days_of_the_calendar_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "GA", "--on", "2199-12-31"]) == 0
    assert capsys.readouterr().out.startswith("Georgia: Federal general election, Tuesday, November 4, 2200 (general)")
