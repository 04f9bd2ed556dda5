"""What holds for every test: no network beyond this machine, no setting of the person who runs it, no missing part."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

# An assertion shows its values in a test's helpers as well, if it is said before they are imported.
helpers = (path.stem for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
pytest.register_assert_rewrite(*helpers)

from ledgers import postgres, small_disk, state_url  # noqa: E402 - as said above

# Fixtures of the ledger's tests; a session has one PostgreSQL.
__all__ = ["postgres", "small_disk", "state_url"]

# A shared machine stalls now and then, and a stall is no bug.
settings.register_profile("feeds", deadline=None, max_examples=80)
settings.load_profile("feeds")

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "::")
PERSONAL = ("FEEDS_", "LISTMONK_", "BUTTONDOWN_", "SMTP_", "LC_", "XDG_")


def _refuse_strangers(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not name.startswith(LOOPBACK) and name != socket.gethostname():
        message = f"a test asked for {name}; tests talk to 127.0.0.1 alone"
        raise PermissionError(message)


sys.addaudithook(_refuse_strangers)


@pytest.fixture(autouse=True)
def _nobodys_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, English, UTC: what the person at the keyboard has set must not reach a test."""
    for name in list(os.environ):
        if name.startswith(PERSONAL) or name in {"LANG", "LANGUAGE", "TZ", "COLUMNS", "FORCE_COLOR"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.getbasetemp() / "home"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("NO_COLOR", "1")


def _program(name: str) -> Callable[[], str]:
    """Why this program cannot be started; an empty string when it can."""
    places = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), "/usr/sbin", "/usr/local/sbin"]
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *places])
    return lambda: "" if shutil.which(name, path=path) else f"{name} is not installed"


@cache
def _missing_index() -> str:
    """Why no wheel can be installed: pip finds no package index from here. Asked once, and only if a test needs it."""
    probe = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries=0", "--timeout=10"]
    place = Path(os.environ.get("TMPDIR", "/tmp")) / f"feeds-index-probe-{os.getuid()}"
    answer = subprocess.run([*probe, "--dest", str(place), "hatchling"], capture_output=True, check=False)
    shutil.rmtree(place, ignore_errors=True)
    return "" if answer.returncode == 0 else "no package index answers"


PARTS: dict[str, tuple[Callable[[], str], ...]] = {
    "chromium": (_program("chromium"),),
    "postfix": (_program("postconf"), _program("mlmmj-send")),
    "postgresql": (_program("initdb"), _program("postgres")),
    "wheel": (_missing_index,),
}


def pytest_configure() -> None:
    # Who is told to stop takes down the servers that were started, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose part is not installed, saying so; with FEEDS_REQUIRE_PARTS=1 (as in .ci/run) let it fail."""
    for marker, checks in PARTS.items():
        if item.get_closest_marker(marker) is None:
            continue
        for reason in filter(None, (check() for check in checks)):
            if os.environ.get("FEEDS_REQUIRE_PARTS") == "1":
                pytest.fail(f"{reason}, and this run may not do without", pytrace=False)
            pytest.skip(reason)
