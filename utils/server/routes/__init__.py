"""What the server hands out beside the pages, without a session: files, pictures, embeds, previews."""

from __future__ import annotations

from starlette.routing import Route

from utils.server.routes import api, feeds, plain
from utils.server.routes.downloads import export
from utils.server.routes.embeds import embed
from utils.server.routes.images import image


def routes(*, private: bool) -> list[Route]:
    """Return the routes of this room, for the server; a ``private`` process asks crawlers to keep away."""
    return [
        *api.routes(),
        *feeds.routes(),
        *plain.routes(private=private),
        Route("/export/{file}", export, methods=["GET", "HEAD"]),
        Route("/embed/{name}", embed, methods=["GET", "HEAD"]),
        Route("/image/{file}", image, methods=["GET", "HEAD"]),
    ]
