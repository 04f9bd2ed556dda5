"""`feeds preview` where it cannot start."""

import socket
import sys

import pytest

from cli_sites import feeds, make_site


@pytest.mark.parametrize("library", ["starlette", "uvicorn"])
def test_without_its_libraries_one_line_says_what_to_install(tmp_path, monkeypatch, library):
    for name in [*sys.modules]:
        if name.startswith(("feeds.preview", f"{library}.")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    result = feeds(make_site(tmp_path, "one"), "preview")
    assert result.status == 2
    assert result.err == "feeds: the preview needs two more libraries: pip install 'feeds[preview]'\n"


def test_a_port_that_is_taken_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = feeds(make_site(tmp_path, "one"), "preview", "--port", port)
    assert result.status == 2
    assert f"--port {port}: cannot be used" in result.err
    assert len(result.err.splitlines()) == 1
