"""No process of ours leaves what people wrote in a core dump."""

import subprocess
import sys

import pytest

from tests.test_docs import ROOT

ALLOWED = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (4096, 4096));"
PRINTED = "print(*resource.getrlimit(resource.RLIMIT_CORE))"


def limits_after(code: str) -> str:
    """In a process of its own, to which core dumps are allowed at first."""
    command = [sys.executable, "-c", f"{ALLOWED} {code} {PRINTED}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "starts",
    [
        "from config import boot; boot.leave_no_core();",
        "import sys, manage; sys.argv = ['manage.py', 'version']; manage.main();",
        "import os; os.environ['RELAY'] = 'false'; import config.wsgi;",
        "import django; from config import celery, boot; django.setup(); boot.before_work();",
    ],
    ids=["boot", "manage.py", "wsgi", "worker"],
)
def test_s40_a_process_of_ours_leaves_no_core_dump(starts, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        assert limits_after("") == "4096 4096"
    except subprocess.CalledProcessError:
        pytest.skip("core dumps are forbidden here already, and may not be allowed")
    assert limits_after(starts) == "0 0"
