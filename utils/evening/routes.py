"""The addresses of the evening, in one list."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route

from utils.evening.entry import entry_api, entry_page
from utils.evening.sheet import sheet_page
from utils.evening.wall import remote_page, wall_page

PATHS: Final = ("/wall",)
"""Addresses of one word, which would otherwise be taken for pages of the app."""


def routes() -> list[BaseRoute]:
    """Return the routes of the evening."""
    at = "/evening/{evening:str}"
    return [
        Route(f"{at}/enter", entry_page.show),
        Route(f"{at}/pin", entry_api.give_pass, methods=["POST"]),
        Route(f"{at}/entries", entry_api.enter, methods=["POST"]),
        Route(f"{at}/counter", entry_api.counter, methods=["POST"]),
        Route(f"{at}/confirm", entry_api.confirm, methods=["POST"]),
        Route(f"{at}/lines", entry_api.lines),
        Route(f"{at}/sheet.{{kind:str}}", sheet_page.download),
        Route(f"{at}/remote", remote_page.show),
        Route(f"{at}/command", remote_page.command, methods=["POST"]),
        Route("/wall", wall_page.show),
        Route("/wall/state", wall_page.state),
        Route("/wall/scene/{name:str}", wall_page.scene),
    ]
