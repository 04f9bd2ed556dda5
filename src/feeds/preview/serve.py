"""The server on this machine, from its first address to Ctrl-C."""

from __future__ import annotations

import contextlib
import secrets
import socket
from typing import TYPE_CHECKING

import uvicorn

from feeds.errors import ConfigError
from feeds.preview.app import make_app
from feeds.preview.follow import FollowedSite

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from feeds.publisher.request import Request

ADDRESS = "127.0.0.1"


def serve_preview(request: Request, *, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page until a signal ends it; `announce` is told its address once it can be opened.

    Port 0 is one that is free. Raises ConfigError for a port that cannot be had.
    """
    with contextlib.closing(_listen(port)) as listener:
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(24)
        site = FollowedSite(request)
        app = make_app(site, token=token, port=port)
        settings = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on", ws="none", loop="asyncio")
        server = _Server(settings, site, opened=lambda: announce(f"http://{ADDRESS}:{port}/{token}/"))
        # uvicorn raises the signal again when it has ended, and Ctrl-C is how one leaves.
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when the page can be opened, and ends the streams of events at a signal: uvicorn would wait for them."""

    def __init__(self, config: uvicorn.Config, site: FollowedSite, *, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._site = site
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._opened()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._site.stopping = True
        super().handle_exit(sig, frame)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError as error:
        listener.close()
        raise ConfigError(f"--port {port}: cannot be used ({error.strerror}); leave it out for a free one") from error
    listener.listen()
    return listener
