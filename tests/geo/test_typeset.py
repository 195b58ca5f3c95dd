"""The fonts of pictures are the browser's fonts, and nothing else."""

from pathlib import Path

import pytest

from utils.geo.typeset import OUT, WEB, unpack_typeset


@pytest.mark.parametrize("path", sorted(WEB.glob("*.woff2")), ids=lambda path: str(path.stem))
def test_each_font_is_the_browsers_own_out_of_its_container(path: Path) -> None:
    assert (OUT / f"{path.stem}.ttf").read_bytes() == unpack_typeset(path)


def test_no_other_font_lies_there() -> None:
    assert {one.stem for one in OUT.glob("*.ttf")} == {one.stem for one in WEB.glob("*.woff2")}
    assert (OUT / "LICENSES.md").read_text(encoding="utf-8").count("Open Font License") == 1
