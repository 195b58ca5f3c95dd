"""Where the server may answer, and what it says when a setting cannot be used."""

import os
import socket
import subprocess
import sys

import pytest

from tests.running import ROOT
from utils.server import BadSetting, Settings, is_loopback, listen, settings, warm


def test_defaults_are_this_machine_only_and_the_public_tier() -> None:
    assert settings({}) == Settings(host="127.0.0.1", port=8501, tier="public")


def test_empty_values_mean_the_defaults() -> None:
    assert settings({"HOST": "", "PORT": "", "TIER": ""}) == settings({})


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "8501.0", "٨٥٠١", " 8501"])
def test_a_port_is_a_number_from_1_to_65535(port: str) -> None:
    with pytest.raises(BadSetting, match=r"PORT.*1 to 65535"):
        settings({"PORT": port})


def test_a_tier_is_public_or_ngo() -> None:
    with pytest.raises(BadSetting, match=r"TIER='NGO'.*public or ngo"):
        settings({"TIER": "NGO"})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org"])
def test_the_ngo_tier_answers_on_the_loopback_address_only(host: str) -> None:
    assert settings({"HOST": host}).host == host
    with pytest.raises(BadSetting, match=r"HOST.*loopback"):
        settings({"TIER": "ngo", "HOST": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_names_and_addresses(host: str) -> None:
    assert is_loopback(settings({"TIER": "ngo", "HOST": host}).host)


def test_addresses_shown_can_be_opened() -> None:
    assert Settings("0.0.0.0", 80, "public").url == "http://localhost:80/"
    assert Settings("::1", 80, "public").url == "http://[::1]:80/"


def test_a_taken_port_is_said_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BadSetting, match=r"PORT.*another program answers there"):
            listen(Settings("127.0.0.1", port, "public"))


def test_an_address_of_another_machine_is_said_so() -> None:
    with pytest.raises(BadSetting, match=r"HOST.*an address of this machine"):
        listen(Settings("192.0.2.1", 8501, "public"))


def test_a_bad_setting_ends_with_2_and_one_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "utils.server"],
        cwd=ROOT,
        env=dict(os.environ) | {"TIER": "ngo", "HOST": "0.0.0.0", "PORT": "8501"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.startswith("Samaki cannot start. HOST='0.0.0.0': expected a loopback address")
    assert "Traceback" not in ended.stderr


def test_a_warm_up_step_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    warm(("utils.no_such_room:warm", "math:no_such_function", "math"))
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [
        "utils.no_such_room:warm",
        "math:no_such_function",
    ]
