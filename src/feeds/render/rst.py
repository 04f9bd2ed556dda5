"""reStructuredText through docutils, which is an extra: only blogs that have such posts need it."""

from __future__ import annotations

from typing import Any

from feeds.errors import PostError

SETTINGS: dict[str, Any] = {
    "_disable_config": True,  # docutils.conf of whoever runs us
    "doctitle_xform": False,
    "embed_stylesheet": False,
    "file_insertion_enabled": False,  # `include::` and `raw:: :file:` could read any file
    "footnote_references": "superscript",
    "halt_level": 5,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "line_length_limit": 1_000_000,
    "math_output": "LaTeX",
    "report_level": 5,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "traceback": True,
    "warning_stream": False,
}


def render_rst(text: str, *, path: str) -> str:
    """The HTML of `text` read as reStructuredText. Raises PostError if docutils is not installed or gives up."""
    try:
        from docutils.core import publish_parts  # noqa: PLC0415 - an extra, and 0.2 s
        from docutils.utils import SystemMessage  # noqa: PLC0415 - the same
    except ImportError:
        raise PostError("is reStructuredText, which needs docutils: pip install 'feeds[rst]'", path=path) from None
    try:
        parts = publish_parts(text, writer="html5", settings_overrides=SETTINGS)
    except SystemMessage as error:
        raise PostError(f"is not reStructuredText that docutils can read: {error}", path=path) from None
    body: str = parts["body"]
    return body
