import pytest

from feeds.errors import ConfigError
from feeds.feed.layout import LAYOUTS, place_feed
from feeds.output.manifest import check_path
from feeds.slugs import make_slug

FORMATS = ("rss", "atom", "json")


def place(layout="feeds", kind="site", folder="", patterns=None, name=None):
    name = folder.rpartition("/")[2] if name is None else name
    places = place_feed(layout=layout, kind=kind, name=name, folder=folder, formats=FORMATS, patterns=patterns or {})
    return {name: (found.file, found.address) for name, found in places.items()}


def files(*args, **more):
    return {name: file for name, (file, _) in place(*args, **more).items()}


def test_our_own_layout_has_a_folder_for_each_feed():
    assert files() == {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
    assert files(kind="tag", folder="tags/c") == {
        "rss": "tags/c/rss.xml",
        "atom": "tags/c/atom.xml",
        "json": "tags/c/feed.json",
    }


@pytest.mark.parametrize(
    ("layout", "kind", "name", "file"),
    [
        ("jekyll", "site", "atom", "feed.xml"),
        ("jekyll", "tag", "atom", "feed/by_tag/c.xml"),
        ("jekyll", "category", "atom", "feed/c.xml"),
        ("hugo", "site", "rss", "index.xml"),
        ("hugo", "tag", "rss", "tags/c/index.xml"),
        ("hugo", "author", "rss", "authors/c/index.xml"),
        ("pelican", "site", "atom", "feeds/all.atom.xml"),
        ("pelican", "category", "atom", "feeds/c.atom.xml"),
        ("wordpress", "site", "rss", "feed/index.xml"),
        ("wordpress", "tag", "atom", "tag/c/feed/atom/index.xml"),
        ("ghost", "site", "rss", "rss/index.xml"),
        ("ghost", "author", "rss", "author/c/rss/index.xml"),
    ],
)
def test_a_layout_keeps_the_addresses_of_its_generator(layout, kind, name, file):
    assert files(layout, kind, "" if kind == "site" else f"{kind}s/c")[name] == file


@pytest.mark.parametrize(
    ("name", "wordpress", "ghost"),
    [
        ("Été à Łódź", "ete-a-lodz", "ete-a-lodz"),
        ("Node.js", "node-js", "node-js"),
        ("R&D / C++", "rd-c", "r-d-c"),
        ("What's new?", "whats-new", "whats-new"),
        ("snake_case", "snake_case", "snake_case"),
        ("Привет, мир", "привет-мир", "privet-mir"),
        ("日本", "日本", "ri-ben"),
        ("Straße — Æther", "strasse-aether", "strasse-aether"),
    ],
)
def test_wordpress_and_ghost_write_a_name_as_they_do_themselves(name, wordpress, ghost):
    folder = f"tags/{make_slug(name)}"
    assert place("wordpress", "tag", folder, name=name)["rss"][1] == f"tag/{wordpress}/feed/"
    assert place("ghost", "tag", folder, name=name)["rss"][1] == f"tag/{ghost}/rss/"


def test_a_slug_that_was_chosen_is_one_for_wordpress_and_ghost_too():
    assert files("wordpress", "tag", "tags/cpp", name="C++")["rss"] == "tag/cpp/feed/index.xml"
    assert files("ghost", "tag", "tags/cpp", name="C++")["rss"] == "tag/cpp/rss/index.xml"


def test_an_address_that_ends_with_a_slash_is_announced_as_such():
    assert place("ghost")["rss"] == ("rss/index.xml", "rss/")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_feeds_of_a_layout_share_a_file(layout):
    kinds = {"site": "", "tag": "tags/c", "author": "authors/a", "category": "categories/c", "language": "languages/c"}
    found = [file for kind, folder in kinds.items() for file in files(layout, kind, folder).values()]
    found += files(layout, "custom", "c").values()
    assert len({file.casefold() for file in found}) == len(found) == 18


def test_jekyll_writes_names_as_they_are_and_hugo_in_its_own_spelling():
    assert files("jekyll", "tag", "tags/react-native", name="React_Native")["atom"] == "feed/by_tag/React_Native.xml"
    assert files("hugo", "tag", "tags/react-native", name="React_Native")["rss"] == "tags/react_native/index.xml"
    assert files("hugo", "tag", "tags/asp-net", name="ASP.NET  & C++")["rss"] == "tags/asp.net--c++/index.xml"


def test_hugo_takes_a_slash_in_a_name_for_a_folder():
    assert files("hugo", "tag", "tags/a-b", name="A/B")["rss"] == "tags/a/b/index.xml"


def test_pelican_writes_names_in_latin_letters_unless_their_slug_was_chosen():
    def file(name, slug):
        return files("pelican", "category", f"categories/{slug}", name=name)["atom"]

    assert file("Été & Node.js", "été-node-js") == "feeds/ete-nodejs.atom.xml"
    assert file("日本語", "日本語") == "feeds/ri-ben-yu.atom.xml"
    assert file("C++", "c-cedb1b") == "feeds/c-cedb1b.atom.xml"
    assert file("R&D", "research") == "feeds/research.atom.xml"
    assert file("…", "x1") == "feeds/x1.atom.xml"


@pytest.mark.parametrize("name", ["../../etc", "a/b", "..", "C:", "a\\b", "", "\0"])
@pytest.mark.parametrize("layout", ["jekyll", "hugo"])
def test_a_name_that_is_no_file_name_gives_way_to_its_slug(layout, name):
    for file in files(layout, "tag", "tags/slug", name=name).values():
        assert check_path(file) == file
        assert file.startswith(("feed/by_tag/", "tags/"))


def test_a_pattern_of_the_site_wins_over_its_layout():
    patterns = {"tag": {"rss": "topics/{slug}.rss"}}
    assert files("hugo", "tag", "tags/c", patterns)["rss"] == "topics/c.rss"
    assert files("hugo", "category", "categories/c", patterns)["rss"] == "categories/c/index.xml"


def test_a_slug_with_braces_is_not_a_pattern():
    assert files(kind="tag", folder="tags/{slug}", patterns={"tag": {"rss": "t/{slug}.xml"}})["rss"] == "t/{slug}.xml"


def test_an_unknown_layout_names_the_nearest():
    with pytest.raises(ConfigError, match=r"feeds\.layout: is no layout: 'jekyl'; did you mean `jekyll`"):
        place("jekyl")
    with pytest.raises(ConfigError, match="known are feeds, jekyll"):
        place("qqq")
