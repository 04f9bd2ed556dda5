"""WebSub (https://www.w3.org/TR/websub/) from end to end: a site, a hub, and a subscriber who is told of a post."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import feedparser
import pytest

from cli_sites import POSTS, feeds, make_site, write_post
from feeds.delivery import ping_hub
from feeds.errors import PermanentError, TemporaryError


class Handler(BaseHTTPRequestHandler):
    """What the servers share: `app` answers a method, its query or form and its body with a status and a body."""

    def do_GET(self):
        self._answer(parse_qs(urlsplit(self.path).query), b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        self._answer(parse_qs(body.decode()) if form else {}, body)

    def _answer(self, values, body):
        status, words = self.server.app(self.command, values, body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_):
        pass


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def serve(handler, app=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.app = app
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Hub:
    """As the standard has it: verifies who subscribes, fetches what is said to be new, and passes it on."""

    def __init__(self):
        self.callbacks = {}
        self.published = []

    def __call__(self, _method, form, _body):
        if form["hub.mode"] == ["subscribe"]:
            (topic,), (callback,) = form["hub.topic"], form["hub.callback"]
            asked = urlencode({"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "c0ffee"})
            with urlopen(f"{callback}?{asked}") as answer:
                assert answer.read() == b"c0ffee"
            self.callbacks.setdefault(topic, []).append(callback)
            return 202, b""
        assert form["hub.mode"] == ["publish"]
        for topic in form["hub.url"]:
            self.published.append(topic)
            with urlopen(topic) as answer:
                news, kind = answer.read(), answer.headers["Content-Type"]
            for callback in self.callbacks.get(topic, ()):
                urlopen(Request(callback, data=news, headers={"Content-Type": kind})).close()
        return 204, b""


class Subscriber:
    """Who is told of changes, and never asks."""

    def __init__(self):
        self.told = []

    def __call__(self, method, query, body):
        if method == "GET":
            return 200, query["hub.challenge"][0].encode()
        self.told.append(feedparser.parse(body))
        return 200, b""


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_subscriber_of_the_hub_gets_the_new_entry(tmp_path, name):
    (tmp_path / "www").mkdir()
    hub, subscriber = Hub(), Subscriber()
    with (
        serve(partial(Files, directory=tmp_path / "www")) as site_url,
        serve(Handler, hub) as hub_url,
        serve(Handler, subscriber) as callback,
    ):
        toml = f'{POSTS}[site]\ntitle = "Blog"\nurl = "{site_url}"\n'
        toml += f'[feeds]\nhub = "{hub_url}"\nafter_build = "cp -r public/. ../www"\n'
        site = make_site(tmp_path / "site", ("one", {"tags": ["Red"]}), ("two", {"tags": ["Blue"]}), toml=toml)
        assert feeds(site, "run").status == 0

        links = {link.rel: link.href for link in feedparser.parse(f"{site_url}{name}").feed.links}
        wish = {"hub.mode": "subscribe", "hub.topic": links["self"], "hub.callback": callback}
        urlopen(links["hub"], data=urlencode(wish).encode()).close()
        assert feeds(site, "run").status == 0
        assert subscriber.told == []

        hub.published.clear()
        write_post(site, "news", "Hot off the press.", date="2026-03-01", tags=["Red"])
        assert feeds(site, "run").status == 0
    (told,) = subscriber.told
    assert [entry.title for entry in told.entries] == ["News", "Two", "One"]
    assert "Hot off the press." in told.entries[0].content[0].value
    assert site_url + "tags/red/atom.xml" in hub.published
    assert site_url + "tags/blue/atom.xml" not in hub.published


@pytest.mark.parametrize(("status", "error"), [(500, TemporaryError), (429, TemporaryError), (410, PermanentError)])
def test_the_hubs_answer_decides_whether_it_is_asked_again(status, error):
    with serve(Handler, lambda *_: (status, b"not\nnow")) as url, pytest.raises(error) as caught:
        ping_hub(url, ["https://blog.example/atom.xml"])
    assert str(caught.value) == f"{url}: the hub answered {status}: not now"


def test_a_hub_that_is_not_there_is_asked_again():
    with serve(Handler) as url:
        pass
    with pytest.raises(TemporaryError, match="the hub cannot be reached"):
        ping_hub(url, ["https://blog.example/atom.xml"])
