"""Where the server may answer, and what it says when a setting cannot be used."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from starlette.routing import Route

from tests.running import ROOT
from utils.evening import routes as evening
from utils.evening.ledger import database
from utils.server import warmup
from utils.server.app import open_ledger
from utils.server.settings import BadSetting, Settings, check_day, is_loopback, open_port, read_settings

LOST = (
    "it was there before and is gone or empty: bring it back, or delete {name}.opened beside it "
    "to begin a new one"
)


def test_defaults_are_this_machine_only_and_the_public_tier() -> None:
    assert read_settings({}) == Settings(host="127.0.0.1", port=8501, tier="public")


def test_empty_values_mean_the_defaults() -> None:
    assert read_settings({"HOST": "", "PORT": "", "TIER": ""}) == read_settings({})


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "8501.0", "٨٥٠١", " 8501"])
def test_a_port_is_a_number_from_1_to_65535(port: str) -> None:
    with pytest.raises(BadSetting, match=r"PORT.*1 to 65535"):
        read_settings({"PORT": port})


def test_a_tier_is_public_or_ngo() -> None:
    with pytest.raises(BadSetting, match=r"TIER='NGO'.*public or ngo"):
        read_settings({"TIER": "NGO"})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org"])
def test_the_ngo_tier_answers_on_the_loopback_address_only(host: str) -> None:
    assert read_settings({"HOST": host}).host == host
    with pytest.raises(BadSetting, match=r"HOST.*loopback"):
        read_settings({"TIER": "ngo", "HOST": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_loopback_names_and_addresses(host: str) -> None:
    assert is_loopback(read_settings({"TIER": "ngo", "HOST": host}).host)


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01", "24.11.2026", "2025-07-23"])
def test_a_day_that_cannot_be_right_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_TODAY", written)
    with pytest.raises(BadSetting, match=f"SAMAKI_TODAY='{written}'"):
        check_day()


def test_a_laptop_with_a_dead_battery_says_that_its_clock_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMAKI_TODAY", raising=False)
    with pytest.raises(BadSetting, match=r"date of this machine='1970-01-01': expected 2025-07-24 or later"):
        check_day(lambda: date(1970, 1, 1))
    check_day(lambda: date(2025, 7, 24))
    ran = subprocess.run(
        [sys.executable, "-m", "utils.server"],
        cwd=ROOT,
        env=os.environ | {"SAMAKI_TODAY": "1970-01-01"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.returncode, "Samaki cannot start." in ran.stderr) == (2, True)


def test_addresses_shown_can_be_opened() -> None:
    assert Settings("0.0.0.0", 80, "public").url == "http://localhost:80/"
    assert Settings("::1", 80, "public").url == "http://[::1]:80/"


def test_a_taken_port_is_said_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(BadSetting, match=r"PORT.*another program answers there"):
            open_port(Settings("127.0.0.1", port, "public"))


def test_an_address_of_another_machine_is_said_so() -> None:
    with pytest.raises(BadSetting, match=r"HOST.*an address of this machine"):
        open_port(Settings("192.0.2.1", 8501, "public"))


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


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("no address", "not a database address"),
        ("oracle://hall/x", "expected a SQLite file or a PostgreSQL database"),
        ("sqlite:///{folder}", "it is a folder, not a file"),
        ("sqlite:///{folder}/not-mounted/ledger.sqlite", "its folder is not there"),
        ("sqlite:///{folder}/garbage", "the file is not a SQLite database"),
        ("sqlite:///{folder}/other", "it is a database of something else"),
        ("sqlite:///{folder}/newer", "it was written by a newer version"),
        (
            "sqlite:///{folder}/gone",
            LOST.format(name="gone"),
        ),
        (
            "sqlite:///{folder}/emptied",
            LOST.format(name="emptied"),
        ),
        ("sqlite:////proc/ledger.sqlite", "the file cannot be opened or made there"),
        ("postgresql://hall:secret@127.0.0.1:1/x", "the database does not answer"),
    ],
)
def test_a_ledger_that_cannot_be_opened_is_refused_at_start(
    address: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "garbage").write_bytes(b"no database at all, " * 100)
    for name, table in (("other", "notes"), ("newer", "alembic_version")):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.execute(f"CREATE TABLE {table} (version_num TEXT)")
            if table == "alembic_version":
                connection.execute("INSERT INTO alembic_version VALUES ('9999')")
            connection.commit()
    for name in ("gone", "emptied"):
        database.open_engine(f"sqlite:///{tmp_path / name}").dispose()
        (tmp_path / name).unlink()
    (tmp_path / "emptied").touch()
    monkeypatch.setenv("SAMAKI_LEDGER", address.format(folder=tmp_path))
    with pytest.raises(BadSetting) as refused:
        open_ledger(os.environ)
    expected = f": expected a database that can be opened and written, but {reason}"
    assert str(refused.value).startswith("SAMAKI_LEDGER=")
    assert str(refused.value).endswith(expected)
    assert "secret" not in str(refused.value)


def test_a_ledger_that_cannot_be_written_is_refused_in_plain_words() -> None:
    """Whoever may write everything cannot try it with a file, so SQLite's own words stand in."""
    error = sqlite3.OperationalError("attempt to write a readonly database")
    assert database.reason_of(OperationalError("BEGIN", None, error)) == "the file cannot be written"


def test_a_ledger_that_can_be_opened_is_made_where_its_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    open_ledger(os.environ)
    assert (tmp_path / "ledger.sqlite").exists()


def test_a_server_without_an_evening_loads_nothing_of_it() -> None:
    code = (
        "import sys; from utils.server import app, settings; app.open_ledger({});"
        "app.build(settings.read_settings({}));"
        "heavy = {'sqlalchemy', 'alembic', 'psycopg', 'fpdf', 'fontTools', 'obstore'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def test_every_address_of_the_evening_has_its_handler() -> None:
    names = [route.name for route in evening.routes() if isinstance(route, Route)]
    assert sorted(names) == sorted(evening.handlers())


def test_a_warm_up_step_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    warmup.load(("utils.no_such_room:warm", "math:no_such_function", "math"))
    assert [record.args[0] for record in caplog.records if isinstance(record.args, tuple)] == [
        "utils.no_such_room:warm",
        "math:no_such_function",
    ]
