"""The page, its frames and its events, for whoever knows the token."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from feeds.digest import make_link
from feeds.errors import FeedsError
from feeds.identity import find_faults
from feeds.theme import make_shipped_environment, render_template

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from feeds.models import Feed
    from feeds.preview.follow import FollowedSite
    from feeds.preview.view import SiteView

TICK = 0.1  # seconds between two looks at whether there is something to tell the page
LONGEST_ADDRESS = 320  # octets of a mail address (RFC 3696, erratum 1690, and a margin)
HEARTBEAT = 150  # ticks after which a line is sent in any case, which finds out whether the page is still open
# What a mail or a feed says is shown, and nothing in it runs: no script has an allowed source, the frame is a sandbox.
FRAME_POLICY = (
    "default-src 'none'; img-src 'self' http: https: data:; media-src http: https:; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; frame-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


def make_app(site: FollowedSite, *, token: str, port: int) -> ASGIApp:
    """The page under `/TOKEN/`, and 403 for every other address and every other name of this machine."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        following = asyncio.create_task(site.follow())
        yield
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following

    pages = _Pages(site)
    routes = [
        Route("/", pages.show_page),
        Route("/newsletters/{name}/issue.html", pages.show_issue),
        Route("/newsletters/{name}/pictures/{picture}", pages.show_picture),
        Route("/newsletters/{name}/test", pages.mail_test, methods=["POST"]),
        Route("/feeds/{number:int}/", pages.show_feed),
        Route("/events", pages.tell_changes),
    ]
    app = Starlette(routes=[Mount(f"/{token}", routes=routes)], lifespan=lifespan)
    return _Gate(app, token=token, hosts=frozenset({f"127.0.0.1:{port}", f"localhost:{port}"}))


class _Gate:
    """Lets in who knows the token and calls this machine by its own name.

    Another name may be one that a page elsewhere has had pointed at this machine (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: frozenset[str]) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._knows(scope):
            refusal = PlainTextResponse("403: use the address that `feeds preview` printed\n", 403, PRIVATE)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        # A page elsewhere can send a form here, and its browser says where it comes from.
        ours = headers.get(b"origin", f"http://{host}") == f"http://{host}"
        token = scope["path"].split("/")[1].encode()
        return secrets.compare_digest(token, self._token) and host in self._hosts and ours


class _Pages:
    def __init__(self, site: FollowedSite) -> None:
        self._site = site
        self._environment = make_shipped_environment()
        self._environment.filters["stamp"] = lambda value: sha256(repr(value).encode()).hexdigest()[:12]

    async def show_page(self, _request: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        version, view = self._site.version, self._site.view
        page = render_template(self._environment, "preview.html", view=view, version=version, nonce=nonce)
        return HTMLResponse(page, headers={**PRIVATE, "Content-Security-Policy": PAGE_POLICY.format(nonce=nonce)})

    async def show_issue(self, request: Request) -> Response:
        for newsletter in self._site.view.newsletters:
            if newsletter.name == request.path_params["name"] and newsletter.digest:
                # A link must not take the place of the issue in its frame.
                html = newsletter.html.replace("<head>", '<head><base target="_blank">', 1)
                for url in newsletter.pictures:
                    html = html.replace(f'src="{escape(make_link(url))}"', f'src="pictures/{_name(url)}"')
                return _framed(html)
        raise HTTPException(404)

    async def show_picture(self, request: Request) -> Response:
        """A picture from the site's folder: nobody serves it yet at the address that the mail has for it."""
        wanted = request.path_params["picture"]
        for newsletter in self._site.view.newsletters:
            if newsletter.name != request.path_params["name"]:
                continue
            for url, file in newsletter.pictures.items():
                if _name(url) == wanted and file.is_file():
                    return FileResponse(file, headers={**PRIVATE, "Content-Security-Policy": FRAME_POLICY})
        raise HTTPException(404)

    async def mail_test(self, request: Request) -> Response:
        """Mail the issue to the address that is the request's whole body, and say in a sentence what came of it."""
        to = (await request.body())[:LONGEST_ADDRESS].decode("utf-8", "replace").strip()
        try:
            tried = await asyncio.to_thread(self._site.mail_test, request.path_params["name"], to=to)
        except FeedsError as error:
            return PlainTextResponse(f"Not sent. {error}", 400, PRIVATE)
        if tried.digest is None:
            return PlainTextResponse("Nothing is new, so nothing was sent.", 400, PRIVATE)
        return PlainTextResponse(f"Sent to {to} as “{tried.digest.subject}”.", headers=PRIVATE)

    async def show_feed(self, request: Request) -> Response:
        view, number = self._site.view, request.path_params["number"]
        if number >= len(view.feeds):
            raise HTTPException(404)
        feed = view.feeds[number]
        formats = await asyncio.to_thread(lambda: [_check_format(view, feed, name) for name in feed.files])
        changes = next(((view.changes or {})[path] for path in feed.files.values() if path in (view.changes or {})), ())
        page = render_template(self._environment, "preview/feed.html", feed=feed, formats=formats, changes=changes)
        return _framed(page)

    async def tell_changes(self, _request: Request) -> Response:
        return StreamingResponse(self._changes(), media_type="text/event-stream", headers=PRIVATE)

    async def _changes(self) -> AsyncIterator[str]:
        """The version as it is and each later one, as server-sent events (HTML Standard, section 9.2)."""
        told = ticks = 0
        while not self._site.stopping:
            if self._site.version != told:
                told = self._site.version
                yield f"data: {told}\n\n"
            elif ticks % HEARTBEAT == 0:
                yield ": still here\n\n"
            ticks += 1
            await asyncio.sleep(TICK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """One format of a feed: its name and address, its size in bytes, and what is wrong with it."""

    name: str
    url: str
    size: int
    faults: tuple[str, ...]


def _check_format(view: SiteView, feed: Feed, name: str) -> _Format:
    path = feed.files[name]
    data = view.documents[path]
    faults = find_faults(data, path=path, ids=[entry.id for entry in feed.entries])
    return _Format(name=name, url=feed.urls[name], size=len(data), faults=faults)


def _name(url: str) -> str:
    return sha256(url.encode()).hexdigest()[:16]


def _framed(html: str) -> Response:
    return HTMLResponse(html, headers={**PRIVATE, "Content-Security-Policy": FRAME_POLICY})
