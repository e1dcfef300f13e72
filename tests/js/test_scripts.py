"""The scripts' own tests, where Node is installed."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.system_tools
def test_scripts_pass_their_own_tests():
    files = sorted(str(file) for file in HERE.glob("*.test.mjs"))
    done = subprocess.run(["node", "--test", *files], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout if done.returncode else "") == (0, "")
