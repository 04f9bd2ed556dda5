"""What a build writes down about the files that it looked at."""

import os
from pathlib import Path

from hypothesis import given, strategies as st

from feeds.publisher.notes import list_below

PARTS = st.sampled_from(["", ".", "..", "site", "other", "posts", ".hidden", "one.md", "a b", "…"])


@given(st.sampled_from([".", "site", "/site", "../site", "/site/./posts"]), st.lists(PARTS, max_size=5))
def test_a_path_is_below_the_site_however_it_is_written(root, parts):
    path = f"{root}/{'/'.join(parts)}"
    above, absolute = map(os.path.abspath, (root, path))
    expected = [os.path.relpath(absolute, above)] if absolute.startswith(f"{above}/") else []
    assert list_below(Path(root), [path]) == list_below(Path(root), [absolute]) == expected
