"""Which hosts are asked by https: alone, whatever scheme an old link to them has."""

from __future__ import annotations

from urllib.parse import urlsplit

# Chromium's list of preloaded HSTS hosts (RFC 6797 section 12.3) has these with every host below them, top-level
# domains among them: no browser asks one by http:. Only what blogs link to often is here.
WITH_SUBDOMAINS = frozenset(
    {
        "app",
        "bitbucket.org",
        "cloudflare.com",
        "codepen.io",
        "day",
        "dev",
        "dropbox.com",
        "foo",
        "github.com",
        "golang.org",
        "google",
        "gravatar.com",
        "mediawiki.org",
        "medium.com",
        "mov",
        "neocities.org",
        "new",
        "page",
        "reddit.com",
        "slideshare.net",
        "sr.ht",
        "substack.com",
        "tumblr.com",
        "vimeo.com",
        "wikidata.org",
        "wikimedia.org",
        "wikipedia.org",
        "youtube.com",
        "zip",
    }
)
# The list has these without the hosts below them.
ALONE = frozenset(
    {
        "docs.python.org",
        "doi.org",
        "facebook.com",
        "goo.gl",
        "nodejs.org",
        "soundcloud.com",
        "twitter.com",
        "www.amazon.com",
        "www.facebook.com",
        "www.instagram.com",
        "www.python.org",
    }
)
# Whose certificate holds for each site on them.
PAGES = frozenset({"github.io", "gitlab.io"})


def prefer_https(url: str) -> str:
    """`url`, under https: if it is http: and its host is one of which it is certain that it speaks https.

    >>> prefer_https("http://me.github.io/a"), prefer_https("http://example.org/")
    ('https://me.github.io/a', 'http://example.org/')
    """
    if url[:5].lower() != "http:":
        return url
    try:
        host = urlsplit(url).netloc.lower()
    except ValueError:
        return url
    labels = host.split(".")
    below = {".".join(labels[place:]) for place in range(1, len(labels))}
    if host in ALONE | WITH_SUBDOMAINS or below & WITH_SUBDOMAINS or ".".join(labels[1:]) in PAGES:
        return f"https{url[4:]}"
    return url
