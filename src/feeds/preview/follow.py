"""The newest view of a site that somebody is working on."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.preview.files import stamp_files
from feeds.preview.view import SiteView, view_site

if TYPE_CHECKING:
    from feeds.publisher.request import Request

PAUSE = 0.2  # seconds between two looks at the files; a page has to be up to date within one
SHARE = 4  # a look that takes long is followed by a pause this many times as long


class FollowedSite:
    """A site and its newest `view`.

    `version` grows with each change of a file; `stopping` is set before the server ends. The request's moment is when
    following begins; from then on its clock runs.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._started = time.monotonic()
        self._stamps = stamp_files(request)
        self.view = view_site(request, SiteView())
        self.version = 1
        self.stopping = False

    async def follow(self) -> None:
        """Look at the files again and again, and at the site where they have changed. Ends by being cancelled."""
        while True:
            began = time.monotonic()
            stamps = await asyncio.to_thread(stamp_files, self._request)
            looked = time.monotonic() - began
            if stamps != self._stamps:
                # Taken before the files are read: what is saved meanwhile is seen by the next look.
                self._stamps = stamps
                moment = self._request.now + timedelta(seconds=time.monotonic() - self._started)
                self.view = await asyncio.to_thread(view_site, replace(self._request, now=moment), self.view)
                self.version += 1
            await asyncio.sleep(max(PAUSE, looked * SHARE))
