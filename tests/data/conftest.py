"""The live record, as it is and with newer rows: what holds for one holds for the other."""

from pathlib import Path

import pytest

from tests.data.growing import grow
from tests.frozen import copy_live
from utils.curation.curated_tables import Record, read_record
from tests.publishing import publish
from utils.releases import Release, current


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the live record with newer rows. Not to be changed."""
    data = copy_live(tmp_path_factory.mktemp("grown") / "data")
    grow(data)
    return data


@pytest.fixture(scope="session", params=["as it is", "with newer rows"])
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the live record, or the one with newer rows. Not to be changed."""
    if request.param == "with newer rows":
        grown: Path = request.getfixturevalue("grown")
        return grown
    return copy_live(tmp_path_factory.mktemp("live") / "data")


@pytest.fixture(scope="session")
def record(live: Path) -> Record:
    """The record, read once. Not to be changed."""
    return read_record(live)


@pytest.fixture(scope="session")
def public_files(live: Path) -> Path:
    """The folder of the public tier of its release."""
    return live / "releases" / publish(live) / "public"


@pytest.fixture(scope="session")
def release(live: Path, public_files: Path) -> Release:
    """The public tier of its release."""
    return current("public", live)
