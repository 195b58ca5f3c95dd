"""Each reader takes four open files: the limit is raised at start."""

import resource
import subprocess
import sys

from tests.running import ROOT, Running
from utils.server.open_files import count_readers


def test_the_limit_of_open_files_is_raised_as_far_as_it_may_be() -> None:
    code = (
        "import resource; from utils.server.open_files import raise_open_files;"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1024));"
        "print(raise_open_files(512), resource.getrlimit(resource.RLIMIT_NOFILE)[0], raise_open_files(9999),"
        "raise_open_files(512))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["512", "512", "1024", "1024"]
    assert count_readers(1024) == 240


def test_the_start_says_what_was_reached(app_server: Running) -> None:
    soft = resource.prlimit(app_server.pid, resource.RLIMIT_NOFILE)[0]
    assert f"{soft} files may be open: enough for about {count_readers(soft)} readers" in app_server.log
