"""Entries into one issue of a newsletter: subject, HTML with inlined styles, and text."""

from feeds.digest.addresses import follow_scheme, make_link
from feeds.digest.archive import archive_page, is_issue_path, issue_entries, issue_path, issue_url
from feeds.digest.budget import MAX_BYTES
from feeds.digest.compose import compose_digest, read_note
from feeds.digest.look import adjust_accent
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
