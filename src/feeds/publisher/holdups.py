"""What keeps posts out of the mail until a person has decided, as a sentence that says how to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.config import NewsletterSettings
    from feeds.selection import NewsletterSelection

SHOWN = 3  # posts that one line names


def explain_first_run(newsletter: str) -> str:
    """What to do about a newsletter without history."""
    start = f"`feeds send {newsletter} --first-run seed` starts with the next new post"
    return f"has never mailed: {start}, --first-run last=3 with the newest three"


def explain_flood(newsletter: str, selection: NewsletterSelection, settings: NewsletterSettings) -> str | None:
    """What to do about more new posts at once than `flood_limit`; None if there are not so many."""
    new = len(selection.due) + len(selection.waiting)
    if new <= settings.flood_limit:
        return None
    limit = settings.flood_limit
    return f"{new} posts are new at once, more than {limit} (flood_limit); `feeds send {newsletter} --yes` mails them"


def explain_held(selection: NewsletterSelection, settings: NewsletterSettings) -> str | None:
    """What to do about the posts that no issue takes by itself; None if there are none."""
    held = [f"{post.source} looks like an old post" for post in selection.held]
    held += [f"{post.source} is older than {settings.max_age} days (max_age)" for post in selection.too_old]
    if not held:
        return None
    more = f" and {len(held) - SHOWN} more" if len(held) > SHOWN else ""
    return f"held: {'; '.join(held[:SHOWN])}{more}; for each, `feeds resolve POST --new`, --same-as ID or --cancel"


def explain_wait(due: datetime | None) -> str:
    """When the next issue is due; None is never."""
    return f"not due before {due:%Y-%m-%d %H:%M %Z}" if due else "never due again"
