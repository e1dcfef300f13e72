import subprocess
import sys
import time

import pytest

from registration.domain.failpoints import BadFailpoint, Failed, check_failpoints, failpoint


def test_failpoint_does_nothing_unless_named(settings):
    settings.FAILPOINTS = ["outbox.sent:fail"]
    failpoint("outbox.claimed")
    with pytest.raises(Failed):
        failpoint("outbox.sent")


def test_failpoint_happens_once_for_all_who_share_a_file(settings, tmp_path):
    settings.FAILPOINTS = [f"outbox.sent:fail:{tmp_path / 'once'}"]
    with pytest.raises(Failed):
        failpoint("outbox.sent")
    failpoint("outbox.sent")


def test_failpoint_waits(settings):
    settings.FAILPOINTS = ["outbox.sent:sleep=0.05"]
    began = time.monotonic()
    failpoint("outbox.sent")
    assert time.monotonic() - began >= 0.05


def test_failpoint_kills_the_process():
    code = (
        "from django.conf import settings\n"
        "settings.configure(FAILPOINTS=['a:kill'])\n"
        "from registration.domain.failpoints import failpoint\n"
        "failpoint('a')\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9


@pytest.mark.parametrize("text", ["", "a", "a:die", "a:sleep", "a:kill=3", "a:kill:b:c"])
def test_check_refuses_what_nobody_meant(settings, text):
    settings.FAILPOINTS = [text]
    with pytest.raises(BadFailpoint):
        check_failpoints()
