"""The sheet at the end of the night, for phones that hold a pass."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from utils.evening import codes, http
from utils.evening.ledger.errors import Busy, NoSuchEvening
from utils.evening.sheet.reconciliation import build_sheet
from utils.evening.sheet.workbook import render_workbook
from utils.evening.tonight import load_tonight
from utils.text.locale import translator
from utils.text.locale.digits import strip_digits

_TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def download(request: Request) -> Response:
    """``GET sheet.pdf`` and ``sheet.xlsx``; without a pass, the page that asks for the PIN.

    The workbook is a file of data: its digits are ASCII.
    """
    kind, lang = str(request.path_params["kind"]), http.language(request)
    if kind not in _TYPES:
        return Response(status_code=404)

    def work() -> bytes | None:
        who = http.holder_of(request)
        if who is None:
            return None
        now = load_tonight(http.release(), http.book(), who.evening_id)
        made = build_sheet(
            translator(lang if kind == "pdf" else strip_digits(lang)), now, codes.load_or_none()
        )
        if kind == "pdf":
            from utils.evening.sheet.sheet_pdf import render_pdf  # thirty megabytes that the wall needs not

            return render_pdf(made)
        return render_workbook(made)

    try:
        content = await http.run(request, work)
    except (NoSuchEvening, Busy) as refused:
        return http.refusal_page(request, http.evening_of(request), refused)
    if content is None:
        return RedirectResponse(f"enter?{http.language_query(lang)}", status_code=303)
    name = f"{http.evening_of(request)}-{strip_digits(lang)}.{kind}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_TYPES[kind], headers=headers)
