"""The addresses of the evening, in one list."""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Route

from utils.evening import entry, entry_page, remote_page, sheet_page, wall

PATHS: Final = ("/wall",)
"""Addresses of one word, which would otherwise be taken for pages of the app."""


def routes() -> list[BaseRoute]:
    """Return the routes of the evening."""
    at = "/evening/{evening:str}"
    return [
        Route(f"{at}/enter", entry_page.show),
        Route(f"{at}/pin", entry.give_pass, methods=["POST"]),
        Route(f"{at}/entries", entry.enter, methods=["POST"]),
        Route(f"{at}/counter", entry.counter, methods=["POST"]),
        Route(f"{at}/confirm", entry.confirm, methods=["POST"]),
        Route(f"{at}/lines", entry.lines),
        Route(f"{at}/sheet.{{kind:str}}", sheet_page.download),
        Route(f"{at}/remote", remote_page.show),
        Route(f"{at}/command", remote_page.command, methods=["POST"]),
        Route("/wall", wall.show),
        Route("/wall/state", wall.state),
        Route("/wall/scene/{name:str}", wall.scene),
    ]
