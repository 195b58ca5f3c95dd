"""Entries over HTTP: the PIN, what is refused and why, once each, the second person, the servers' time."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from tests.evening.phone import Party, Phone, long_key
from tests.ledger.amounts import CASES
from utils.text.locale import LANGUAGES


def test_nothing_is_written_or_told_without_the_pin(party: Party) -> None:
    stranger = party.stranger()
    for path, content in (
        ("entries", {"kind": "gift"}),
        ("counter", {}),
        ("confirm", {}),
        ("lines", None),
    ):
        status, told = stranger.ask(path, content)
        assert (status, told["code"]) == (401, "pass"), path
    assert party.lines() == ()


def test_ten_wrong_pins_lock_and_a_phone_inside_goes_on(party: Party) -> None:
    inside = party.phone()
    stranger = party.stranger()
    answers = [stranger.sign_in("000000") for _ in range(11)]
    assert [status for status, _told in answers] == [403] * 9 + [429] * 2
    assert stranger.sign_in()[0] == 429, "also with the right PIN"
    assert inside.enter()[0] == 200


def test_the_pass_is_kept_from_scripts_and_other_sites(party: Party) -> None:
    phone = party.phone()
    for word in ("HttpOnly", "SameSite=strict", "Path=/evening/gala-", "Max-Age="):
        assert word in phone.cookie
    other = Phone(party.server, evening="other", cookie=phone.cookie)
    assert other.ask("lines")[0] == 404


def test_a_form_of_another_site_is_not_heard(party: Party) -> None:
    phone = party.phone()
    entry = {"kind": "gift", "way": "cash", "currency": "EUR", "amount": "50", "key": long_key()}
    assert phone.ask("entries", entry, Content_Type="text/plain")[0] == 415
    assert phone.ask("entries", entry, Origin="http://evil.example")[0] == 403
    assert phone.ask("entries", b"{" + b" " * 9000)[0] == 413
    assert phone.ask("entries", b"[]")[0] == 400
    assert phone.ask("entries", b"nonsense")[0] == 400
    assert party.lines() == ()
    own = f"http://127.0.0.1:{party.server.port}"
    assert phone.ask("entries", entry, Origin=own)[0] == 200


def test_amounts_are_taken_exactly_or_refused_with_the_reason(party: Party) -> None:
    phone = party.phone()
    for written, currency, expected in CASES:
        before = len(party.lines())
        status, told = phone.enter(written, currency=currency)
        if isinstance(expected, int):
            assert status == 200, written
            assert party.lines()[-1].amount == expected
        else:
            assert (status, told["field"], told["code"]) == (422, "amount", expected), written
            assert len(party.lines()) == before


def test_the_reason_is_told_in_the_phones_language(party: Party) -> None:
    said = {party.phone(lang=lang).enter("1.000")[1]["message"] for lang in LANGUAGES}
    assert len(said) == 3


def test_a_double_tap_and_a_second_sending_are_one_entry(party: Party) -> None:
    phone = party.phone()
    key = long_key()
    answers: list[tuple[int, str]] = []

    def send() -> None:
        status, told = phone.enter("50", key=key)
        answers.append((status, told["id"]))

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert party.received() == {"EUR": 5000}
    status, told = phone.enter("60", key=key)
    assert (status, told["code"]) == (409, "KeyTaken")


def test_a_large_amount_waits_for_another_phone(party: Party) -> None:
    first, second = party.phone(), party.phone("Table 2")
    _status, told = first.enter("1000")
    assert told["state"] == "waiting"
    assert party.received() == {}
    assert first.ask("confirm", {"entry": told["id"]})[0] == 409
    assert [line["id"] for line in second.ask("lines")[1]["waiting"]] == [told["id"]]
    assert second.ask("confirm", {"entry": told["id"]})[1]["state"] == "counts"
    assert party.received() == {"EUR": 100_000}
    assert first.enter("999.99")[1]["state"] == "counts"
    assert first.enter("5000000", currency="KHR")[1]["state"] == "waiting", "about 1,070 euros"


def test_undo_and_correction(party: Party) -> None:
    first, second = party.phone(), party.phone("Table 2")
    one, two = first.enter("50")[1]["id"], first.enter("500")[1]["id"]
    undo = {"entry": one, "reason": "undo", "key": long_key()}
    assert second.ask("counter", undo)[1]["code"] == "SamePerson"
    assert first.ask("counter", undo)[1]["state"] == "countered"
    right = {"kind": "gift", "way": "card", "currency": "EUR", "amount": "5"}
    correction = {"entry": two, "reason": "mistyped", "key": long_key(), "replacement": right}
    for _ in range(2):
        assert second.ask("counter", correction)[1]["state"] == "countered"
    assert party.received() == {"EUR": 500}
    assert [line.countered for line in party.lines()] == ["undo", "mistyped", None]
    again = correction | {"key": long_key()}
    assert second.ask("counter", again)[1]["code"] == "AlreadyCountered"
    assert first.ask("counter", {"entry": "x", "reason": "mistyped", "key": long_key()})[0] == 409


def test_an_organisation_is_named_only_with_its_consent_and_never_a_person_to_reach(party: Party) -> None:
    phone = party.phone()
    name = "<script>alert(1)</script>"
    assert phone.enter(organisation=name)[1]["code"] == "consent"
    assert name in phone.enter(organisation=name, consent=True)[1]["about"]
    assert phone.enter(organisation="sok@example.org", consent=True)[1]["code"] == "email"
    assert phone.enter(place="+33 6 12 34 56 78")[1]["code"] == "phone"


def test_a_phone_whose_clock_is_wrong_by_a_day_does_not_move_the_evening(party: Party) -> None:
    phone = party.phone()
    ages: tuple[object, ...] = (90_000_000, -86_400_000, 1e18, "x", None, True)
    for age in ages:
        assert phone.enter(age_ms=age)[0] == 200
    assert {line.created_at - line.typed_at for line in party.lines()} == {timedelta(0)}
    phone.enter(age_ms=60_000)
    last = party.lines()[-1]
    assert last.created_at - last.typed_at == timedelta(minutes=1)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "loan"}, {"way": "gold"}, {"key": "short"}, {"key": "é" * 20}, {"way": "goods", "goods": ""}],
)
def test_what_no_form_sends_is_refused(party: Party, wrong: dict[str, object]) -> None:
    entry = {"kind": "gift", "way": "cash", "currency": "EUR", "amount": "5", "key": long_key()}
    status, told = party.phone().ask("entries", entry | wrong)
    assert status in (409, 422)
    assert told["message"]
    assert party.lines() == ()


def test_goods_have_their_own_list(party: Party) -> None:
    phone = party.phone()
    status, told = phone.enter("", way="goods", goods="rice, 25 kg bag", quantity="40", currency="")
    assert (status, told["given"]) == (200, "40 × rice, 25 kg bag")
    assert phone.enter("", way="goods", goods="rice", quantity="1.5")[1]["code"] == "decimals"
    assert party.received() == {}
