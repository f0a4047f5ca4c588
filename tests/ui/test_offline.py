"""With the network cut off (a namespace with nothing but loopback), the counter is built, asked and served."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import ROOT, environment

CUT_OFF = ("unshare", "--net", "--")
QUESTION = "国際連携課の仕事は何ですか"
_SERVE_AND_ASK = """
import json, sys, urllib.request
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from tests.ui.conftest import serving
with serving(Path(sys.argv[2])) as address:
    call = urllib.request.Request(address + "/api/ask", json.dumps({"question": sys.argv[3]}).encode(),
                                  {"content-type": "application/json"})
    reply = json.load(urllib.request.urlopen(call, timeout=30))
    page = urllib.request.urlopen(address + "/", timeout=30).read().decode()
print(json.dumps([reply["status"], "窓口" in page]))
"""


def _cut_off(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run where only loopback is up."""
    script = 'ip link set lo up 2>/dev/null || ifconfig lo up; exec "$@"'
    return subprocess.run(
        [*CUT_OFF, "sh", "-c", script, "sh", *command],
        capture_output=True, text=True, env=environment(home), cwd=ROOT, timeout=200,
    )  # fmt: skip


@pytest.fixture(scope="module")
def _namespace() -> None:
    if (
        os.geteuid() != 0
        or not shutil.which("unshare")
        or subprocess.run([*CUT_OFF, "true"], capture_output=True).returncode
    ):
        pytest.skip("a network namespace needs root and unshare(1)")


@pytest.mark.usefixtures("_namespace")
def test_the_namespace_really_has_no_way_out(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=3)"
    assert "unreachable" in _cut_off(sys.executable, "-c", code, home=tmp_path).stderr


@pytest.mark.usefixtures("_namespace")
def test_build_ask_and_serve_work_without_a_network(tmp_path: Path) -> None:
    built = _cut_off(sys.executable, "-m", "ui", "build", home=tmp_path)
    assert built.returncode == 0, built.stderr
    asked = _cut_off(sys.executable, "-m", "ui", "ask", "--json", QUESTION, home=tmp_path)
    assert json.loads(asked.stdout)["status"] == "answered"
    served = _cut_off(sys.executable, "-c", _SERVE_AND_ASK, str(ROOT), str(tmp_path), QUESTION, home=tmp_path)
    assert served.returncode == 0, served.stderr
    assert json.loads(served.stdout.splitlines()[-1]) == ["answered", True]
