"""`feeds why`: one post's story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from feeds.cli.options import AsJson
from feeds.cli.printing import say, say_json
from feeds.publisher.request import Request, read_config

if TYPE_CHECKING:
    from feeds.publisher.why import Story

Post = Annotated[str, typer.Argument(metavar="POST", help="A post by its file, address, id or title.")]


def why(post: Post, request: Request, *, as_json: AsJson = False) -> None:
    """Tell one post's story.

    Which feeds it is in, which issue it went out with, or why not.
    """
    from feeds.publisher.why import tell_story

    story = tell_story(read_config(request), post, now=request.now)
    say_json(_describe(story)) if as_json else say(" ".join(story.sentences))


def _describe(story: Story) -> dict[str, Any]:
    return {
        "source": story.post.source,
        "title": story.post.title,
        "status": story.post.status,
        "reason": story.post.reason,
        "id": story.id,
        "url": story.post.url,
        "feeds": list(story.feeds),
        "newsletters": [
            {
                "newsletter": place.newsletter,
                "story": place.clause,
                "issue": place.issue and place.issue.number,
                "state": place.issue and place.issue.state,
            }
            for place in story.places
        ],
        "story": " ".join(story.sentences),
    }
