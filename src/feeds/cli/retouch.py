"""`feeds build` where only words of some posts have been edited: the same files and lines, in a part of the time."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeds.cli.built import describe_built, list_built
from feeds.cli.lines import write_result
from feeds.output import MANIFEST, Written
from feeds.publisher.retouch import retouch_site

if TYPE_CHECKING:
    from feeds.cache.answers import Edit
    from feeds.cache.record import Answer


def retouch(edit: Edit, *, as_json: bool) -> Answer | None:
    """Build what has been edited, and say what a build prints; None if a build of everything has to do it."""
    question, record = edit.question, edit.record
    done = retouch_site(edit, root=question.root, now=datetime.fromtimestamp(question.now, UTC))
    if done is None:
        return None
    folder = os.path.abspath(done.counts.output)  # noqa: PTH100 - as the record names them
    paths = {path.removeprefix(f"{folder}/") for path in record.outputs} - {MANIFEST}
    written = Written(changed=done.changed, unchanged=tuple(sorted(paths - {*done.changed})))
    if done.ledger is not None:
        touched = (*done.changed, MANIFEST) if done.changed else ()
        edit.remember([f"{folder}/{path}" for path in touched], ours=done.ledger, marks=done.digests)
    said = describe_built(done.counts, written) if as_json else list_built(done.counts, written)
    return record.answer._replace(out=write_result(said))
