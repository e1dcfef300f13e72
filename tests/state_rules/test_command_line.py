"""The command line, run by a Python without any installed package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from state_rules.__main__ import main

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "-E", "-m", "state_rules", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_check_passes_without_installed_packages() -> None:
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("56 jurisdictions, ")


def test_deadlines_explains_a_rolled_day() -> None:
    done = run("deadlines", "GA", "2028-11-07", "--mail", "--on", "2026-11-22")
    assert done.stdout.splitlines()[:5] == [
        "Georgia: Federal general election, Tuesday, November 7, 2028 (general)",
        "",
        "By mail",
        "  postmarked by Tuesday, October 10, 2028",
        "    the count gives Monday, October 9, 2028, which is closed (Columbus Day): moved",
    ]


def test_deadlines_shows_every_channel_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "nh", "2028-11-07", "--on", "2026-11-22"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in ("Online", "By mail", "In person")] == ["Online", "By mail", "In person"]
    assert (
        "  received by Wednesday, October 25, 2028 to Wednesday, November 1, 2028, as the local office sets it; "
        "the first day is safe" in lines
    )


def test_deadlines_of_an_unlisted_day_takes_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "DE", "2027-02-27", "--mail", "--kind", "special", "--on", "2026-11-22"]) == 0
    assert "  postmarked by Wednesday, February 17, 2027" in capsys.readouterr().out.splitlines()


def test_deadlines_of_an_unknown_jurisdiction_names_the_codes() -> None:
    with pytest.raises(SystemExit, match=r"^zz: no such jurisdiction; the codes are AK, AL, "):
        main(["deadlines", "zz", "2028-11-07"])


def test_assess_prints_outcome_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "GA", "--born", "2010-05-01", "--citizen", "yes", "--on", "2027-10-31"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "Georgia, Sunday, October 31, 2027, for Federal general election of Tuesday, November 7, 2028: not_yet",
        "  may register from Monday, November 1, 2027",
    ]


def test_check_of_a_broken_file_names_it(tmp_path: Path) -> None:
    copied = tmp_path / "state_rules"
    copied.mkdir()
    for path in [*(ROOT / "state_rules").glob("*.py"), *(ROOT / "state_rules" / "data").glob("*.toml")]:
        target = copied / path.relative_to(ROOT / "state_rules")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    georgia = copied / "data" / "ga.toml"
    georgia.write_text(georgia.read_text().replace("nth_before = 5", "nth_before = 4", 1))
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-m", "state_rules", "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "ga.toml: examples[0].expect: says submitted 2026-10-05, but the rule gives submitted"
    )
