"""A site's configuration and a digest, made for tests of what happens to a digest."""

from dataclasses import replace
from datetime import UTC, datetime

from feeds.config import Findings, read_settings, resolve_config
from feeds.models import Digest
from feeds.state import issue_key

SLOTS = {
    "unsubscribe": "https://slot-1.invalid/unsubscribe",
    "view_in_browser": "https://slot-2.invalid/view_in_browser",
}
HTML = """<!doctype html>
<html lang="en"><head><title>The week</title><!--[if mso]><style>a{color:red}</style><![endif]--></head>
<body><p>Gr\u00fc\u00dfe, \u4e16\u754c &amp; all</p><p>{body}</p>
<p><a href="https://slot-2.invalid/view_in_browser">Web</a> <a href="https://slot-1.invalid/unsubscribe">Out</a></p>
</body></html>
"""
TEXT = "Gr\u00fc\u00dfe, \u4e16\u754c & all\n\n{body}\n\nOut: https://slot-1.invalid/unsubscribe\n"
POSTS = ("https://example.org/a/", "https://example.org/b/")


def make_config(root, toml=""):
    """The configuration of a site in `root` with one newsletter, `weekly`, and whatever `toml` adds."""
    text = '[site]\nurl = "https://example.org/"\ntitle = "Example"\n'
    if "[newsletters" not in toml:
        text += '[newsletters.weekly]\nfrom = "The Editors <digest@example.org>"\n'
    (root / "feeds.toml").write_text(text + toml, "utf-8")
    settings, origins = read_settings(root, environment={})
    return resolve_config(root=root, settings=settings, origins=origins, findings=Findings())


def make_digest(body="Nothing but words.", *, posts=POSTS, **changes):
    """A digest of two posts with both slots; `body` stands in the HTML (as HTML) and in the text."""
    number = changes.get("number", 1)
    digest = Digest(
        newsletter="weekly",
        number=number,
        key=issue_key("weekly", posts),
        subject="The week",
        preheader="What is new",
        sender="The Editors <digest@example.org>",
        html=HTML.replace("{body}", body),
        text=TEXT.replace("{body}", body),
        date=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        language="en",
        post_ids=tuple(sorted(posts)),
        slots=SLOTS,
    )
    return replace(digest, **changes)
