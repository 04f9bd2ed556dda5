"""`feeds adopt`: take over the feed that the site has today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feeds.cli.lines import count
from feeds.cli.options import AsJson, DryRun
from feeds.cli.printing import note, say, say_json
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from feeds.identity import Match

File = Annotated[Path, typer.Argument(metavar="FILE", help="The feed that the site has today, saved as a file.")]
Seen = Annotated[bool, typer.Option("--seen", help="Mark the matched posts as seen by every newsletter.")]


def adopt(
    file: File, request: Request, *, seen: Seen = False, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Take over the ids of the site's present feed.

    So no subscriber sees a post twice when the feeds change hands. A doubtful match is only reported. Older posts,
    which the file does not hold any more, get the ids that they had there, if these follow from their addresses.
    """
    from feeds.publisher.adopt import adopt_feed

    config = read_config(request)
    adoption = adopt_feed(config, file, now=request.now, seen=seen, dry_run=dry_run)
    shown = len(adoption.matched) + len(adoption.doubtful) + len(adoption.unmatched)
    if (again := min(adoption.earlier, config.settings.feeds.limit - shown)) > 0:
        note(f"note: {count(again, 'older post')} would be shown again; `limit = {shown}` under [feeds] prevents it")
    if as_json:
        say_json(
            {
                "matched": [_describe(match) for match in adoption.matched],
                "doubtful": [_describe(match) for match in adoption.doubtful],
                "unmatched": [{"id": entry.id, "title": entry.title} for entry in adoption.unmatched],
                "older": [{"id": one.id, "title": one.post.title, "source": one.post.source} for one in adoption.older],
            }
        )
        return
    for match in adoption.matched:
        say(f"matched    {match.entry.id}  {match.post.source}  by {match.how}")
    for match in adoption.doubtful:
        say(f"doubtful   {match.entry.id}  {match.post.source}?  by {match.how}; pin it with `guid:` in the post")
    for entry in adoption.unmatched:
        say(f"unmatched  {entry.id}  {entry.title}")
    for older in adoption.older:
        say(f"older      {older.id}  {older.post.source}  by the rule of those that match")
    ids, would = len(adoption.matched) + len(adoption.older), "would be " if dry_run else ""
    say(
        f"{count(ids, 'id')} {would}taken over, {len(adoption.doubtful)} doubtful, "
        f"{len(adoption.unmatched)} without a post"
    )


def _describe(match: Match) -> dict[str, str]:
    return {"id": match.entry.id, "title": match.entry.title, "source": match.post.source, "how": match.how}
