"""The program itself as something that an earlier result depends on."""

from __future__ import annotations

import functools
import os
import sys

from feeds.cache.listing import hash_rows, list_files, list_tree


@functools.cache
def fingerprint_program() -> str:
    """A hash that differs once this program, its templates, its libraries or Python have been changed or exchanged."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - before pathlib is there
    templates = os.path.join(os.path.dirname(os.path.dirname(package)), "templates")  # noqa: PTH118, PTH120 - as above
    rows = list_tree(package, skip=(), fresh_since=_NEVER)
    if not os.path.isdir(os.path.join(package, "templates")):  # noqa: PTH112, PTH118 - as above
        rows |= list_tree(templates, skip=(), fresh_since=_NEVER)
    # An installer makes and removes a folder for each version of a library, and that changes the folder above.
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    rows |= list_files([*libraries, "/usr/share/zoneinfo"], fresh_since=_NEVER)
    return hash_rows(rows | {"python": sys.version})


# The program does not change while it runs, and hashing it would take longer than listing it.
_NEVER = 1 << 63
