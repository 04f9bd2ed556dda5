"""Style sheets into style attributes: premailer's home, with what it gets wrong put right around it."""

from __future__ import annotations

import logging
import os
import re
import warnings
from typing import Any

from feeds.digest.addresses import show_letters
from feeds.errors import TemplateError
from feeds.imports import postpone_import

# A style element that premailer is not told to leave alone.
STYLE = re.compile(r"(<style(?![^>]*data-premailer)[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)
# How many selectors and declarations premailer remembers, asked once as it is imported.
ROOM = "PREMAILER_CACHE_MAXSIZE"
IMPORT = re.compile(r"@import\b[^;]*;?", re.IGNORECASE)


def import_premailer() -> Any:
    """Premailer, without the HTTP client that it imports and is told not to use: 0.06 s instead of 0.09.

    What it has read of one page's styles helps with the next one's only if there is room for all of it, and there is
    less by itself.
    """
    is_set = ROOM in os.environ
    os.environ.setdefault(ROOM, "2000")
    try:
        with postpone_import("requests"):
            import premailer
    finally:
        if not is_set:
            del os.environ[ROOM]
    return premailer


def inline_styles(html: str, *, template: str) -> str:
    """The page with every rule of its style sheets as `style` attributes.

    A `<style data-premailer="ignore">` stays as it is: media queries belong there, because premailer takes
    the `!important` out of those that it keeps by itself. It would also follow an `@import` to the disk or
    the network, so there is none left for it. No base URL is given: it would rewrite the slots' addresses.
    Raises TemplateError, which names `template`, for a page with nothing in it and a style sheet that premailer cannot
    take.
    """
    if not html.strip():
        raise TemplateError("it makes an empty page", path=template)
    premailer = import_premailer()
    page = STYLE.sub(lambda style: style[1] + IMPORT.sub("", style[2]) + style[3], html)
    with warnings.catch_warnings():
        # cssutils and lxml deprecate what premailer uses; its last release was in 2021.
        warnings.simplefilter("ignore")
        try:
            inlined: str = premailer.transform(
                page,
                allow_network=False,
                align_floating_images=False,
                # Widths and heights are written by hand: premailer's copies overwrite what Outlook needs.
                disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
                # Properties that cssutils has never heard of (mso-*) are meant.
                disable_validation=True,
                cssutils_logging_level=logging.CRITICAL + 1,
                strip_important=False,
            )
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise TemplateError(
                f"its style sheet cannot be inlined ({type(error).__name__}: {error}); at-rules belong into a"
                ' <style data-premailer="ignore">',
                path=template,
            ) from error
    return show_letters(inlined) + "\n"
