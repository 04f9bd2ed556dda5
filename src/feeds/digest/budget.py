"""An issue within the size that mail programs show whole: as little shortening as fits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from feeds.digest.layout import shorten_forms
from feeds.digest.view import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")

# Gmail clips a mail beyond 102 KB, and the unsubscribe link with it; a transport's own addresses take room,
# too.
MAX_BYTES = 90_000
SHORTENED = {
    Form.EXCERPT: "is shown as an excerpt",
    Form.HEADLINE: "is shown as a headline",
    Form.ABSENT: "is left out of the HTML and stands in the text part alone",
}


def fit_forms(
    forms: Sequence[Form], compose: Callable[[Sequence[Form]], T], measure: Callable[[T], int]
) -> tuple[T, list[Form]]:
    """What `compose` makes of the least shortened forms that measure at most 90,000 bytes, and those forms.

    If nothing fits, it is the shortest. The search halves the steps, for each composition takes a moment.
    """
    steps = list(shorten_forms(forms))
    low, high = 0, len(steps) - 1
    composed = compose(steps[0])
    if measure(composed) <= MAX_BYTES or high == 0:
        return composed, steps[0]
    best: tuple[T, list[Form]] | None = None
    low = 1
    while low <= high:
        middle = (low + high) // 2
        composed = compose(steps[middle])
        if measure(composed) <= MAX_BYTES:
            best, high = (composed, steps[middle]), middle - 1
        else:
            low = middle + 1
    return best or (compose(steps[-1]), steps[-1])


def note_shortening(titles: Sequence[str], wanted: Sequence[Form], shown: Sequence[Form]) -> tuple[str, ...]:
    """One sentence for each post that is shown shorter than wanted; many of one kind share a sentence."""
    changed = [
        (title, after) for title, before, after in zip(titles, wanted, shown, strict=True) if before is not after
    ]
    counts = Counter(after for _, after in changed)
    limit = f"to keep the mail under {MAX_BYTES // 1000} KB"
    few = 3
    notes = [f"“{title}” {SHORTENED[after]} {limit}" for title, after in changed if counts[after] <= few]
    notes += [f"{count} posts: each {SHORTENED[after]} {limit}" for after, count in counts.items() if count > few]
    return tuple(notes)
