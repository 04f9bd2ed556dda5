"""Where an issue stands on the web, for whoever does not make its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from feeds.config import Config

FOLDER = "newsletters"


def issue_path(newsletter: str, number: int | None = None) -> str:
    """The path of an issue's web copy below the output, or of the page that lists all of them."""
    return f"{FOLDER}/{newsletter}/index.html" if number is None else f"{FOLDER}/{newsletter}/{number}/index.html"


def is_issue_path(path: str) -> bool:
    """Whether a path below the output is one of a newsletter's issues, their list or their feeds."""
    return path.startswith(f"{FOLDER}/")


def issue_url(config: Config, newsletter: str, number: int | None = None) -> str:
    """The address of that page. Raises ConfigError if the site's URL is not known."""
    return config.require_url() + quote(issue_path(newsletter, number).removesuffix("index.html"))
