"""Entries into one issue of a newsletter: subject, HTML with inlined styles, and text.

What composes an issue takes a tenth of a second to import, so that each part is imported when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.imports import import_when_asked

if TYPE_CHECKING:
    from feeds.digest.addresses import follow_scheme, make_link
    from feeds.digest.archive import archive_page, issue_entries
    from feeds.digest.budget import MAX_BYTES
    from feeds.digest.compose import compose_digest, read_note
    from feeds.digest.look import adjust_accent
    from feeds.digest.paths import is_issue_path, issue_path, issue_url
    from feeds.digest.review import review_digest
    from feeds.digest.subject import name_newsletter
    from feeds.digest.web import web_copy

__all__ = [
    "MAX_BYTES",
    "adjust_accent",
    "archive_page",
    "compose_digest",
    "follow_scheme",
    "is_issue_path",
    "issue_entries",
    "issue_path",
    "issue_url",
    "make_link",
    "name_newsletter",
    "read_note",
    "review_digest",
    "web_copy",
]

__getattr__ = import_when_asked(
    __name__,
    {
        "addresses": ("follow_scheme", "make_link"),
        "archive": ("archive_page", "issue_entries"),
        "budget": ("MAX_BYTES",),
        "compose": ("compose_digest", "read_note"),
        "look": ("adjust_accent",),
        "paths": ("is_issue_path", "issue_path", "issue_url"),
        "review": ("review_digest",),
        "subject": ("name_newsletter",),
        "web": ("web_copy",),
    },
)
