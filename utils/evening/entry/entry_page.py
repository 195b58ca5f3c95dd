"""The page a volunteer types on: large targets, one hand, with or without a network."""

from __future__ import annotations

from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from utils.evening import http
from utils.evening.ledger import amount_parser
from utils.evening.ledger import input_limits as texts
from utils.evening.ledger.currencies import DECIMALS
from utils.evening.ledger.errors import Busy, NoSuchEvening
from utils.evening.ledger.model import KIND_NAMES, REASON_NAMES, WAY_NAMES, EveningSettings
from utils.evening.ledger.sessions import Holder
from utils.text.html import Markup, el
from utils.text.locale import Message, Translator, formats, lazy_gettext, translator

_COMMON: Final = ("EUR", "USD", "KHR")
_CORRECTIONS: Final = ("mistyped", "duplicate", "withdrawn", "paid")
_WORDS: Final[dict[str, Message]] = {
    "online": lazy_gettext("Connected"),
    "offline": lazy_gettext("No network: entries are kept on this phone"),
    "kept": lazy_gettext("waits on this phone"),
    "undoing": lazy_gettext("is undone once the network is back"),
    "counts": lazy_gettext("on the wall"),
    "apart": lazy_gettext("closed; counted apart"),
    "waiting": lazy_gettext("waits for a second person"),
    "countered": lazy_gettext("no longer counts"),
    "refused": lazy_gettext("not entered"),
    "undo": lazy_gettext("Undo"),
    "correct": lazy_gettext("Correct"),
    "confirm": lazy_gettext("Confirm"),
    "dismiss": lazy_gettext("Type it anew"),
    "correcting": lazy_gettext("You correct:"),
    "needs_network": lazy_gettext("This needs the network. Try again when it is back."),
    "sent": lazy_gettext("Entered:"),
    "saved": lazy_gettext("Kept on this phone, sent when the network is back:"),
    "consent": texts.TROUBLES["consent"],
    "missing": texts.TROUBLES["missing"],
    "unsent": lazy_gettext("Entries wait on this phone. Sign out once they are sent."),
    "by": lazy_gettext("by"),
}


async def show(request: Request) -> Response:
    """``GET enter``: the form, or the question for the PIN."""
    lang = http.language(request)
    _ = translator(lang)
    evening = http.evening_of(request)
    try:
        settings, who = await http.run(request, lambda: _who(request))
    except (NoSuchEvening, Busy) as refused:
        return http.refusal_page(request, _("Entry"), refused)
    top = el(
        "header",
        el("strong", "Samaki · ", evening),
        el("span", "", id="state", role="status"),
        http.language_links(request, lang),
    )
    content = (_form(_, settings), _lists(_)) if who else (_pin_form(_),)
    return http.render_page(
        request,
        _("Entry"),
        top,
        el("main", el("h1", _("Enter a gift") if who else _("Tonight's PIN")), *content),
        scripts=("amount.js", "enter.js"),
        sheet="enter.css",
        data_words=http.script_texts(
            _, _WORDS | {f"amount_{k}": v for k, v in amount_parser.TROUBLES.items()}
        ),
        data_evening=evening,
        data_signs=orjson.dumps(formats.list_signs(lang)).decode(),
        data_query=http.language_query(lang),
        data_volunteer=who.volunteer if who else "",
    )


def _who(request: Request) -> tuple[EveningSettings, Holder | None]:
    return http.book().settings(http.evening_of(request)), http.holder_of(request)


def _pin_form(_: Translator) -> Markup:
    return el(
        "form",
        _field(
            _("Your table or post (no name of a person)"),
            el("input", name="volunteer", maxlength=40, autocomplete="off", required=True),
        ),
        _field(
            _("Tonight's PIN"),
            el(
                "input",
                name="pin",
                inputmode="numeric",
                type="password",
                maxlength=12,
                autocomplete="off",
                required=True,
            ),
        ),
        el("p", "", id="message", role="alert"),
        el("button", _("Begin"), type="submit", class_="go"),
        id="pin-form",
        novalidate=True,
    )


def _form(_: Translator, settings: EveningSettings) -> Markup:
    currencies = sorted(DECIMALS, key=lambda code: (code != settings.currency, code not in _COMMON, code))
    return el(
        "form",
        el("p", "", id="correcting", hidden=True),
        el(
            "fieldset",
            el("legend", _("Why it is corrected")),
            _choices("reason", {code: _.translate(REASON_NAMES[code]) for code in _CORRECTIONS}, "mistyped"),
            id="reasons",
            hidden=True,
        ),
        el(
            "fieldset",
            el("legend", _("Received or promised")),
            _choices("kind", {code: _.translate(name) for code, name in KIND_NAMES.items()}, "gift"),
            class_="two",
        ),
        el(
            "fieldset",
            el("legend", _("Way of giving")),
            _choices("way", {code: _.translate(name) for code, name in WAY_NAMES.items()}, "cash"),
        ),
        el(
            "div",
            _field(
                _("Amount"),
                el(
                    "input",
                    name="amount",
                    inputmode="decimal",
                    maxlength=24,
                    autocomplete="off",
                    class_="big",
                ),
            ),
            _field(
                _("Currency"),
                el(
                    "select",
                    *(el("option", code, value=code, data_decimals=DECIMALS[code]) for code in currencies),
                    name="currency",
                    class_="big",
                ),
            ),
            class_="money",
        ),
        el("output", "", id="reading"),
        el(
            "div",
            _field(_("What goods"), el("input", name="goods", maxlength=80, autocomplete="off")),
            _field(
                _("How many"),
                el("input", name="quantity", inputmode="numeric", maxlength=12, autocomplete="off"),
            ),
            class_="goods",
            hidden=True,
        ),
        el(
            "details",
            el("summary", _("Table, city, organisation")),
            _field(_("Table or city"), el("input", name="place", maxlength=80, autocomplete="off")),
            _field(
                _("Organisation to thank on the wall (never a person)"),
                el("input", name="organisation", maxlength=80, autocomplete="off"),
            ),
            el(
                "label",
                el("input", type="checkbox", name="consent"),
                el("span", _("It is an organisation and it agreed to be named")),
                class_="check",
            ),
        ),
        el("p", "", id="message", role="alert"),
        el("button", _("Enter it"), type="submit", class_="go"),
        el("button", _("Take out without a new entry"), type="button", id="take-out", hidden=True),
        el("button", _("Leave it as it is"), type="button", id="leave", hidden=True),
        id="entry-form",
        novalidate=True,
    )


def _lists(_: Translator) -> Markup:
    return el(
        "div",
        el("p", "", id="sums", role="status"),
        el(
            "section",
            el("h2", _("A second person must confirm")),
            el("ul", id="waiting"),
            id="waiting-part",
            hidden=True,
        ),
        el("section", el("h2", _("Entries")), el("ul", id="entries")),
        el(
            "section",
            el("h2", _("End of the night")),
            *(
                el("p", el("a", text, href=f"{address}?{http.language_query(_.lang)}", class_="file"))
                for text, address in (
                    (_("Reconciliation sheet, to sign (PDF)"), "sheet.pdf"),
                    (_("Reconciliation sheet, to calculate (XLSX)"), "sheet.xlsx"),
                    (_("Remote of the wall"), "remote"),
                )
            ),
            el("button", _("Sign out of this phone"), type="button", id="sign-out"),
        ),
    )


def _field(label: str, control: Markup) -> Markup:
    return el("label", el("span", label), control, class_="field")


def _choices(name: str, options: dict[str, str], first: str) -> Markup:
    return el(
        "div",
        *(
            el(
                "label",
                el("input", type="radio", name=name, value=code, checked=code == first),
                el("span", label),
            )
            for code, label in options.items()
        ),
        class_="choices",
    )
