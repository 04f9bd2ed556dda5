"""Folders for tests of what is written to them."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def without_rights():
    """This process without the right to write everywhere, even when it is root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def make_public():
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def make_forbidden():
    """A folder that this process may not write to."""
    with make_public() as folder:
        folder.chmod(0o555)
        with without_rights():
            yield folder
        folder.chmod(0o755)
