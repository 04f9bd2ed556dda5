"""The newest view of a site that somebody is working on."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from feeds.preview.files import stamp_files
from feeds.preview.view import SiteView, view_site
from feeds.publisher.request import read_config
from feeds.publisher.trial import try_newsletter

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.publisher.request import Request
    from feeds.publisher.trial import Tried

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
        *_, self.view = view_site(request, SiteView())
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
                request = replace(self._request, now=self._tell_time())
                views = view_site(request, self.view)
                while view := await asyncio.to_thread(next, views, None):
                    self.view = view
                    self.version += 1
            await asyncio.sleep(max(PAUSE, looked * SHARE))

    def mail_test(self, newsletter: str, *, to: str) -> Tried:
        """Mail the next issue, as the files are now, to `to` alone. Raises what `try_newsletter` raises."""
        environment = self._request.environment
        config = read_config(self._request)
        return try_newsletter(config, newsletter, to=to, now=self._tell_time(), environment=environment)

    def _tell_time(self) -> datetime:
        return self._request.now + timedelta(seconds=time.monotonic() - self._started)
