"""Organisations: found by their whole name, with the rows that name them."""

import pytest

from utils.analysis import organisations
from utils.releases import Release


def test_every_organisation_of_the_article_is_there(public_release: Release) -> None:
    names = {one.name for one in organisations.list_organisations(public_release)}
    assert names >= {
        "Association France-Cambodge",
        "Union des Jeunes Cambodgiens de France",
        "Solidarité Cambodge network",
        "France-Khmer Federation of Île-de-France",
        "La France en Isan",
    }
    assert len(names) == 103


def test_what_an_organisation_gave_and_received(public_release: Release) -> None:
    known = {one.org_id: one for one in organisations.list_organisations(public_release)}
    federation = known["france-khmer-federation-idf"]
    assert [gift.row_id for gift in federation.gave] == ["don-0001"]
    assert federation.only_article
    red_cross = known["cambodian-red-cross"]
    assert "don-0014" in [gift.row_id for gift in red_cross.received]
    assert not red_cross.only_article
    assert not known["la-france-en-isan"].has_traces


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("AVEC", "AVEC", True),
        ("AVEC", "avec ses amis", False),
        ("SHARE", "SHAREHOLDERS", False),
        ("CARE", "CARE; Red Cross", True),
        ("អង្គការ", "ដោយ អង្គការ", True),
        ("", "anything", False),
    ],
)
def test_a_name_is_found_as_a_whole(name: str, text: str, found: bool) -> None:
    assert bool(organisations.compile_name_pattern(name).search(text)) is found


def test_filters_of_the_list(public_release: Release) -> None:
    assert {one.kind for one in organisations.filter_organisations(public_release, kind="un")} == {"un"}
    assert all(
        "medical" in one.roles for one in organisations.filter_organisations(public_release, role="medical")
    )
    assert [
        one.org_id for one in organisations.filter_organisations(public_release, text="難民を助ける会")
    ] == ["aar-japan"]
    assert organisations.list_choices(public_release, "roles")[0] == "advocacy"


def test_a_pledge_is_never_told_as_given(public_release: Release) -> None:
    listed = organisations.list_organisations(public_release)
    assert not any(gift.promised for one in listed for gift in (*one.gave, *one.received))
    smart = next(one for one in listed if one.name == "Smart Axiata")
    assert {gift.row_id for gift in smart.promised} == {"don-0039", "don-0040"}
    assert (smart.gave, smart.delivered) == ((), ())
    assert len(smart.planned) == 3
    assert smart.states == ("promised",)


def test_a_joint_delivery_is_one_of_each_organisation(public_release: Release) -> None:
    known = {one.name: one for one in organisations.list_organisations(public_release)}
    assert set(known["Smart Axiata"].planned) <= set(known["UNICEF Cambodia"].planned)
