"""Entries into one issue of a newsletter: subject, HTML with inlined styles, and text."""

from feeds.digest.compose import compose_digest
from feeds.digest.look import adjust_accent
from feeds.digest.web import web_copy

__all__ = ["adjust_accent", "compose_digest", "web_copy"]
