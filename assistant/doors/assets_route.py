"""Style sheets and scripts over HTTP: a name in, the file as it is out, checked for changes each time.

Example: ``GET /ui/chat.css``.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from assistant.doors.templating import ASSETS

ADDRESS = "ui"


class CheckedFiles(StaticFiles):
    """Files that a browser keeps and asks about: after an update nobody sees an old script."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, or that it is unchanged."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def add_assets(app: FastAPI) -> None:
    """Give ``app`` the files of the page."""
    app.mount(f"/{ADDRESS}", CheckedFiles(directory=ASSETS), name=ADDRESS)
