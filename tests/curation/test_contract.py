"""The contract is read into types, and a contract that contradicts itself is refused with a reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from utils.curation.contract import Contract, ContractError, load


def _field(name: str, **more: Any) -> dict[str, Any]:
    titles = {"title": name, "title_fr": name, "title_km": name}
    return {"name": name, "type": "string", "tier": "public", "sensitivity": "low", **titles} | more


def _write(folder: Path, *fields: dict[str, Any], **more: Any) -> None:
    resource = {
        "name": "gifts",
        "path": "curated/gifts.csv",
        "title": "Gifts",
        "title_fr": "Dons",
        "title_km": "អំណោយ",
        "tier": "public",
        "sensitivity": "low",
        "schema": {"fields": list(fields), "primaryKey": "gift_id"},
    }
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource | more]}))
    (folder / "public_rules.json").write_text(json.dumps({"tables": {}}))


def test_a_field_keeps_type_unit_bounds_titles_and_tier(tmp_path: Path) -> None:
    amount = _field(
        "amount",
        type="number",
        unit="USD",
        title_fr="Montant",
        tier="ngo",
        sensitivity="moderate",
        constraints={"minimum": 0, "required": True},
    )
    _write(tmp_path, _field("gift_id"), amount)
    table = load(tmp_path).tables["gifts"]
    read = table.fields[1]
    assert (read.kind, read.unit, read.minimum, read.required) == ("number", "USD", 0, True)
    assert (read.tier, read.sensitivity) == ("ngo", "moderate")
    assert read.titles == {"en": "amount", "fr": "Montant", "km": "amount"}
    assert (table.key, table.titles["km"], table.restricted) == (("gift_id",), "អំណោយ", False)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"tier": "everyone"}, "tier of gifts is 'everyone'"),
        ({"sensitivity": "none"}, "sensitivity of gifts"),
        ({"path": "../secrets.csv"}, "not a file of curated/"),
        ({"path": "curated/../../secrets.csv"}, "not a file of curated/"),
        ({"path": "/etc/hosts"}, "not a file of curated/"),
        ({"schema": {"fields": [], "primaryKey": "gift_id"}}, "keys that are not columns: gift_id"),
        ({"schema": {"fields": [_field("gift_id", type="money")], "primaryKey": "gift_id"}}, "type of gifts"),
        ({"schema": {"fields": [_field("gift_id")] * 2, "primaryKey": "gift_id"}}, "a column twice"),
        ({"schema": {"primaryKey": "gift_id"}}, "'fields' is missing"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused(
    tmp_path: Path, more: dict[str, Any], reason: str
) -> None:
    _write(tmp_path, _field("gift_id"), **more)
    with pytest.raises(ContractError) as refused:
        load(tmp_path)
    assert reason in refused.value.reason


@pytest.mark.parametrize("said", ["severe", "unknown", "", None])
@pytest.mark.parametrize("word", ["tier", "sensitivity"])
def test_a_column_or_table_of_unknown_tier_or_sensitivity_stops_everything(
    tmp_path: Path, word: str, said: str | None
) -> None:
    _write(tmp_path, _field("gift_id", **{word: said}))
    with pytest.raises(ContractError, match=rf"{word} of gifts\.gift_id"):
        load(tmp_path)
    _write(tmp_path, _field("gift_id"), **{word: said})
    with pytest.raises(ContractError, match=f"{word} of gifts"):
        load(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"resources": [1]}'])
def test_what_is_no_contract_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "datapackage.json").write_text(content)
    with pytest.raises(ContractError):
        load(tmp_path)


def test_a_missing_contract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"datapackage\.json"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"loans": {"columns": ["loan_id"]}}, "datapackage.json: the public tier of loans needs loans"),
        (
            {"gifts": {"columns": ["gift_id", "giver"]}},
            "datapackage.json: the public tier of gifts needs giver",
        ),
        ({"gifts": {"columns": ["gift_id"], "empty": ["site_id"]}}, "of gifts needs site_id"),
        ({"gifts": {}}, "public_rules.json: no public rules ('columns')"),
        ({"gifts": 3}, "public_rules.json: no public rules"),
    ],
)
def test_a_public_rule_that_the_contract_cannot_follow_is_refused(
    tmp_path: Path, rules: dict[str, Any], reason: str
) -> None:
    _write(tmp_path, _field("gift_id"))
    (tmp_path / "public_rules.json").write_text(json.dumps({"tables": rules}))
    with pytest.raises(ContractError) as refused:
        load(tmp_path)
    assert reason in str(refused.value)


def test_without_the_public_rules_nothing_is_read(tmp_path: Path) -> None:
    _write(tmp_path, _field("gift_id"))
    (tmp_path / "public_rules.json").unlink()
    with pytest.raises(ContractError, match=r"public_rules\.json"):
        load(tmp_path)


def test_every_table_and_column_of_the_record_says_who_may_see_it(contract: Contract) -> None:
    kept_in = {"withheld_cells", "named_districts"}
    for table in contract.tables.values():
        assert all(table.titles.values()), table.name
        assert table.tier == ("ngo" if table.restricted or table.name in kept_in else "public")
        for field in table.fields:
            assert all(field.titles.values()), (table.name, field.name)


def test_a_restricted_table_has_the_columns_of_the_open_one(contract: Contract) -> None:
    for table in contract.tables.values():
        if table.restricted and table.subject in contract.tables:
            assert table.columns == contract.tables[table.subject].columns
