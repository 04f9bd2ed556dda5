"""Folders for tests of what is written to them."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def make_forbidden():
    """A folder that this process may not write to, even when it is root's."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.rmdir()
