"""Hosts that are asked by https: alone."""

import pytest

from feeds.config.secure import prefer_https


@pytest.mark.parametrize(
    "host", ["github.com", "gist.GitHub.com", "me.github.io", "twitter.com", "blog.google", "shop.example.app"]
)
def test_a_host_that_certainly_speaks_https_is_asked_so(host):
    assert prefer_https(f"http://{host}/a?b=http://c#d") == f"https://{host}/a?b=http://c#d"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://notgithub.com/",
        # The certificate of these holds for one name below the host, and that list for the name alone.
        "http://www.me.github.io/",
        "http://old.twitter.com/",
        # Another port is another server.
        "http://github.com:8080/",
        "http://me@github.io.example/",
        "http://[x/a",
        "https://github.com/",
        "mailto:a@github.com",
        "/app",
    ],
)
def test_any_other_address_stays(url):
    assert prefer_https(url) == url
