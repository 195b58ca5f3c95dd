"""The committee's chores: open | change | close | match | sign | sheet | rows | list | codes | kit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from utils.curation.publish.public_tree import NamesLeft
from utils.evening import codes, http
from utils.evening.ledger import amount_parser, matches, sessions
from utils.evening.ledger import input_limits as texts
from utils.evening.ledger.book import utc_now
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.database import CannotOpen
from utils.evening.ledger.errors import Refused
from utils.evening.ledger.model import EveningSettings
from utils.evening.offline_kit import kit
from utils.evening.record_rows import Announced, NotClosed, build_record_rows, format_csv
from utils.evening.settings import BadSettings
from utils.evening.sheet.reconciliation import build_sheet
from utils.evening.sheet.sheet_pdf import render_pdf
from utils.evening.sheet.workbook import render_workbook
from utils.evening.tonight import CURRENCIES, load_tonight
from utils.settings import clock
from utils.text.locale import LANGUAGES, translator

_UNDO_SECONDS: Final = 300


def main(arguments: list[str] | None = None) -> int:
    """Run one chore: 0 when it is done, 2 with the reason when it cannot be done."""
    chosen = _parser().parse_args(arguments)
    chore: Callable[[argparse.Namespace], None] = chosen.run
    try:
        chore(chosen)
    except (amount_parser.Unclear, texts.Unfit) as unfit:
        print(f"{unfit}. {unfit.message.msgid}", file=sys.stderr)
    except Refused as refused:
        print(f"{refused.message.msgid} ({refused})", file=sys.stderr)
    except (
        CannotOpen,
        NotClosed,
        BadSettings,
        kit.NoRelease,
        NamesLeft,
        OSError,
        ValueError,
    ) as error:
        print(error, file=sys.stderr)
    else:
        return 0
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m utils.evening", description=__doc__)
    chores = parser.add_subparsers(required=True)

    def chore(name: str, run: Callable[[argparse.Namespace], None], text: str) -> argparse.ArgumentParser:
        added = chores.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    opened = chore("open", _open, "open an evening and print its PIN")
    opened.add_argument("evening", help="its name: small letters, digits, hyphens")
    opened.add_argument("--currency", choices=CURRENCIES, required=True)
    _amounts(opened, required=True)
    changed = chore("change", _change, "change the goal, the PIN or the rest of an open evening")
    changed.add_argument("evening")
    changed.add_argument("--new-pin", action="store_true", help="a new PIN: every phone must give it")
    _amounts(changed, required=False)
    closed = chore("close", _close, "name the cut-off: what is typed later stands apart")
    closed.add_argument("evening")
    closed.add_argument("--at", help="ISO time with zone, not ahead; now when left out")
    closed.add_argument("--move", action="store_true", help="name another cut-off, or put entries apart")
    closed.add_argument("--by", required=True, help="the post that closes, no name of a person")
    match = chore("match", _match, "write an organisation's offer to match gifts")
    match.add_argument("evening")
    match.add_argument("--organisation", required=True)
    match.add_argument("--currency", required=True)
    match.add_argument("--percent", type=int, default=100)
    match.add_argument("--most", required=True, help="the most it adds")
    signed = chore("sign", _sign, "write that a match was signed: it counts from now on")
    signed.add_argument("match")
    signed.add_argument("--witness", required=True, help="the post that saw it, no name of a person")
    made = chore("sheet", _write_sheet, "write the reconciliation sheet as PDF and XLSX")
    made.add_argument("evening")
    made.add_argument("--lang", choices=tuple(LANGUAGES), default="en")
    made.add_argument("--out", type=Path, default=Path())
    rows = chore("rows", _write_rows, "print the evening as rows for data/curated/donations.csv")
    rows.add_argument("evening")
    rows.add_argument("--collector", required=True, help="the committee, an organisation")
    rows.add_argument("--city", default="")
    rows.add_argument("--country", required=True, help="ISO 3166-1 alpha-3, for example FRA")
    rows.add_argument("--recipient", default="")
    rows.add_argument("--source", required=True, help="source_id of the committee's announcement")
    rows.add_argument("--first-row", type=int, required=True, help="the next free number of don-0000")
    chore("list", _list, "list the evenings")
    made = chore("kit", _kit, "make the night kit: the whole evening on one laptop without internet")
    made.add_argument("--out", type=Path, default=Path("night-kit.zip"))
    made.add_argument("--data", type=Path, default=kit.ROOT / "data", help="where releases are made")
    made.add_argument("--no-wheels", action="store_true", help="leave the packages out: a small archive")
    chore("codes", _codes, "check the file of donation codes and list them")
    return parser


def _amounts(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--goal", required=required)
    parser.add_argument("--opened-at", help="what stood before tonight")
    parser.add_argument("--milestone", action="append", default=None, help="may be given several times")
    parser.add_argument("--second-person-from", help="amounts from here on need a second person")
    parser.add_argument("--undo-seconds", type=int)


def _open(chosen: argparse.Namespace) -> None:
    if chosen.evening in http.book().evenings():
        raise ValueError(f"{chosen.evening} is open already: use change")
    pin = sessions.new_pin()
    fresh = EveningSettings(
        evening_id=chosen.evening,
        currency=chosen.currency,
        goal=1,
        opened_at=0,
        milestones=(),
        second_person_from=0,
        undo_seconds=_UNDO_SECONDS,
        pin_hash=sessions.hash_pin(pin),
        created_at=utc_now(),
    )
    http.book().open_evening(_changed(fresh, chosen))
    print(f"{chosen.evening} is open. PIN: {pin}\nIt is shown only once.")
    print(f"Phones: /evening/{chosen.evening}/enter   Wall: /wall?evening={chosen.evening}")


def _change(chosen: argparse.Namespace) -> None:
    settings = _changed(http.book().settings(chosen.evening), chosen)
    if chosen.new_pin:
        pin = sessions.new_pin()
        settings = replace(settings, pin_hash=sessions.hash_pin(pin))
        print(f"New PIN: {pin}")
    http.book().open_evening(settings)
    print(f"{chosen.evening} is changed; entries stay as they are.")


def _changed(settings: EveningSettings, chosen: argparse.Namespace) -> EveningSettings:
    def amount(written: str | None, before: int) -> int:
        return before if written is None else amount_parser.parse(written, settings.currency)

    steps = chosen.milestone
    return replace(
        settings,
        goal=amount(chosen.goal, settings.goal),
        opened_at=amount(chosen.opened_at, settings.opened_at),
        milestones=settings.milestones if steps is None else tuple(amount(step, 0) for step in steps),
        second_person_from=amount(chosen.second_person_from, settings.second_person_from),
        undo_seconds=settings.undo_seconds if chosen.undo_seconds is None else chosen.undo_seconds,
    )


def _close(chosen: argparse.Namespace) -> None:
    at = datetime.fromisoformat(chosen.at) if chosen.at else None
    if at is not None and at.tzinfo is None:
        raise ValueError("the time needs its zone, for example 2026-11-28T23:00+01:00")
    volunteer = texts.clean("by", chosen.by, required=True, longest=40)
    book = http.book()
    cut_off = close_evening(book, chosen.evening, cut_off=at, volunteer=volunteer, move=chosen.move)
    print(f"{chosen.evening}: cut-off {cut_off.astimezone():%Y-%m-%d %H:%M %Z}")


def _match(chosen: argparse.Namespace) -> None:
    match = matches.offer_match(
        http.book(),
        chosen.evening,
        organisation=texts.clean("organisation", chosen.organisation, required=True),
        currency=chosen.currency,
        percent=chosen.percent,
        most=amount_parser.parse(chosen.most, chosen.currency),
    )
    print(f"{match}\nIt counts once it is signed: sign {match} --witness …")


def _sign(chosen: argparse.Namespace) -> None:
    witness = texts.clean("witness", chosen.witness, required=True, longest=40)
    matches.sign_match(http.book(), chosen.match, witness=witness)
    print("Signed: it counts from now on.")


def _write_sheet(chosen: argparse.Namespace) -> None:
    now = load_tonight(http.release(), http.book(), chosen.evening)
    made = build_sheet(translator(chosen.lang), now, codes.load())
    for suffix, content in (("pdf", render_pdf(made)), ("xlsx", render_workbook(made))):
        target = chosen.out / f"{chosen.evening}-{chosen.lang}.{suffix}"
        target.write_bytes(content)
        print(target)


def _write_rows(chosen: argparse.Namespace) -> None:
    announced = Announced(
        collector=texts.clean("collector", chosen.collector, required=True),
        city=chosen.city,
        country=chosen.country,
        recipient=chosen.recipient,
        source_id=chosen.source,
        first_row=chosen.first_row,
    )
    now = load_tonight(http.release(), http.book(), chosen.evening)
    print(format_csv(build_record_rows(http.release(), now, announced)), end="")


def _list(chosen: argparse.Namespace) -> None:
    for name in http.book().evenings():
        settings = http.book().settings(name)
        state = f"closed {settings.cut_off.astimezone():%Y-%m-%d %H:%M}" if settings.cut_off else "open"
        print(f"{name}\t{settings.currency}\t{state}")


def _kit(chosen: argparse.Namespace) -> None:
    download = None if chosen.no_wheels else kit.download_wheels
    made = kit.make_kit(data=chosen.data, out=chosen.out, report=print, download=download)
    print(f"{made.path}: release {made.release}, {made.path.stat().st_size / 1e6:.1f} MB")
    for code in codes.load():
        print(f"donation code of {code.institution}: {code.state(clock.today())}")


def _codes(_chosen: argparse.Namespace) -> None:
    for code in codes.load():
        until = f"until {code.valid_until}" if code.valid_until else ""
        print(f"{code.institution}\t{code.state(clock.today())}\t{until}\t{code.address}")


if __name__ == "__main__":
    sys.exit(main())
