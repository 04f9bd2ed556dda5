"""Hugo's rules, each case with the page of https://gohugo.io/ that it follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from blogs import load, load_by_source, load_one, path_of, write
from feeds.loader import detect_site
from feeds.loader.conventions.hugo_addresses import sanitize
from feeds.models import Status

DATED = "---\ntitle: My Title\ndate: 2024-01-02\n{}\n---\nBody\n"


def site(root, config="", **files):
    return write(root, {"hugo.toml": f'baseURL = "https://example.org/"\n{config}', **files})


@pytest.mark.parametrize(
    ("config", "source", "header", "path"),
    [
        # content-management/urls/
        ("", "posts/My First_one.md", "", "/posts/my-first_one/"),
        ("", "posts/\u3000a b .md", "", "/posts/a-b/"),
        ("", "posts/ 20 /a.md", "", "/posts/20/a/"),
        ("", "posts/2024/deep/a.md", "", "/posts/2024/deep/a/"),
        ("", "posts/bundle/index.md", "", "/posts/bundle/"),
        ("", "posts/bundle/index.en.md", "", "/posts/bundle/"),
        ("", "posts/a.md", "slug: Other Slug", "/posts/other-slug/"),
        ("", "posts/bundle/index.md", "slug: s", "/posts/s/"),
        ("", "posts/a.md", "url: /own", "/own"),
        ("", "posts/a.md", "url: own/page.html", "/own/page.html"),
        ("uglyURLs = true", "posts/a.md", "", "/posts/a.html"),
        ('[permalinks]\nposts = "/:slug"', "posts/a.md", "slug: /pub/2014/a.html", "/pub/2014/a.html/"),
        ('[permalinks]\nposts = "/:title/"', "posts/a.md", "title: A/B", "/a-b/"),
        ("[uglyURLs]\nposts = true", "posts/a.md", "", "/posts/a.html"),
        ("disablePathToLower = true", "posts/A.md", "", "/posts/A/"),
        # configuration/permalinks/
        ('[permalinks]\nposts = "/:year/:month/:slug/"', "posts/a.md", "", "/2024/01/my-title/"),
        ('[permalinks]\nposts = "/:year/:month/:slug/"', "posts/a.md", "slug: s", "/2024/01/s/"),
        ('[permalinks]\nposts = "/:filename"', "posts/a.md", "slug: s", "/a/"),
        ('[permalinks.page]\nposts = "/b/:contentbasename/"', "posts/bundle/index.md", "", "/b/bundle/"),
        ('[permalinks]\nposts = "/:slugorfilename/"', "posts/a.md", "", "/a/"),
        ('[permalinks]\nposts = "/:section/:title/"', "posts/x/a.md", "", "/posts/my-title/"),
        ('[permalinks]\nposts = "/:sections/:day/:yearday/"', "posts/x/y/a.md", "", "/posts/02/2/"),
        ('[permalinks]\nposts = "/:monthname/:weekday/:weekdayname/"', "posts/x/a.md", "", "/january/2/tuesday/"),
        ('[permalinks]\nother = "/x/:title/"', "posts/a.md", "", "/posts/a/"),
        # configuration/front-matter/: dates out of file names only where they are asked for
        ("", "posts/2024-01-02-a.md", "", "/posts/2024-01-02-a/"),
        ('[frontmatter]\ndate = [":filename", ":default"]', "posts/2024-01-02-a.md", "", "/posts/a/"),
    ],
)
def test_addresses(tmp_path, config, source, header, path):
    assert path_of(load_one(site(tmp_path, config, **{f"content/{source}": DATED.format(header)}))) == path


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:sections/:slug/", "/posts/x/my-title/"),
        ("/:sections[1:]/:slug/", "/x/my-title/"),
        ("/:sections[last]/:slug/", "/x/my-title/"),
    ],
)
def test_a_folder_below_the_first_is_a_section_by_its_index_page(tmp_path, pattern, path):
    """content-management/sections/: `y` has no `_index.md`, and so is none."""
    files = {"content/posts/x/_index.md": "", "content/posts/x/y/a.md": DATED.format("")}
    assert path_of(load_one(site(tmp_path, f'[permalinks]\nposts = "{pattern}"', **files))) == path


@pytest.mark.parametrize(
    ("pattern", "name", "header", "path"),
    [
        # Without a pattern each space of a name is a hyphen; in a slug or a pattern a row of them is one.
        ("", "it's & co.md", "", "/posts/its--co/"),
        ("", "a.md", 'slug: "it\'s & co"', "/posts/its-co/"),
        ("", "a.md", "slug: -s-", "/posts/s/"),
        ("", "C++ tips.md", "", "/posts/c++-tips/"),
        ("/:contentbasename/", "it's & co.md", "", "/its-co/"),
        # What a pattern gives is unescaped once more, so that a plus sign is a space.
        ("/:filename/", "C++ tips.md", "", "/c-tips/"),
        ("/:slug/", "a.md", "slug: c++", "/c/"),
        ("/x/:slug/", "a.md", 'slug: "learning-c#"', "/x/learning-c/"),
        ("/x/:slug/", "a.md", 'slug: "c#-basics"', "/x/c%23-basics/"),
        ("/x/:title/", "a.md", 'title: "_R&amp;D_ <b>x</b>"', "/x/_rampd_-bx-b/"),
    ],
)
def test_signs_in_names_and_slugs_are_written_as_hugo_writes_them(tmp_path, pattern, name, header, path):
    """Seen with `hugo list all` of 0.168: content-management/urls/ does not say."""
    config = f'[permalinks]\nposts = "{pattern}"' if pattern else ""
    assert path_of(load_one(site(tmp_path, config, **{f"content/posts/{name}": DATED.format(header)}))) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Hello,  World!", "hello-world"),
        ("a - b", "a-b"),
        ("C# and C++", "c#-and-c++"),
        ("O'Reilly & Co.", "oreilly-co."),
        ("Привет мир", "привет-мир"),
        ("日本語（テスト）", "日本語テスト"),
        ("  a ", "a"),
    ],
)
def test_paths_are_sanitised_as_hugo_does(text, path):
    """functions/urls/urlize/, paths.Sanitize in its source."""
    assert sanitize(text) == path


def test_keys_in_any_case_and_any_format_are_read(tmp_path):
    """content-management/front-matter/."""
    posts = load_by_source(
        site(
            tmp_path,
            **{
                "content/posts/a.md": '+++\nTitle = "A"\nDate = 2024-01-02T03:04:05Z\nTags = ["x"]\n+++\n',
                "content/posts/b.md": '{"Title": "B", "Pubdate": "2024-01-02", "Params": {"author": "Ada"}}',
                "content/posts/c.md": "---\nTITLE: C\nPublishDate: 2024-01-02\n"
                "ExpiryDate: 2025-01-01\nLastmod: 2024-02-01\n---\n",
            },
        )
    )
    a, b, c = posts.values()
    assert (a.title, a.tags) == ("A", ("x",))
    assert b.authors[0].name == "Ada"
    assert (c.status, c.updated) == (Status.EXPIRED, datetime(2024, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("header", "status", "in_feeds"),
    [
        ("draft: true", Status.DRAFT, True),
        ("headless: true", Status.HIDDEN, True),
        ("build: {render: never}", Status.HIDDEN, True),
        ("_build: {render: false}", Status.HIDDEN, True),
        ("build: {render: link}", Status.HIDDEN, True),
        ("build: {list: never}", Status.PUBLISHED, False),
        ("build: {list: always, render: always}", Status.PUBLISHED, True),
        ("publishDate: 2027-01-01", Status.SCHEDULED, True),
        ("expiryDate: 2025-01-01", Status.EXPIRED, True),
        ("unpublishdate: 2025-01-01", Status.EXPIRED, True),
    ],
)
def test_what_hugo_does_not_publish(tmp_path, header, status, in_feeds):
    """content-management/build-options/ and content-management/front-matter/."""
    post = load_one(site(tmp_path, **{"content/posts/a.md": DATED.format(header)}))
    assert (post.status, post.in_feeds) == (status, in_feeds)


def test_a_site_that_builds_the_future_shows_it(tmp_path):
    post = load_one(
        site(tmp_path, "buildFuture = true", **{"content/posts/a.md": DATED.format("publishDate: 2027-01-01")})
    )
    assert post.status is Status.PUBLISHED


def test_of_markdown_and_html_with_one_name_the_markdown_is_the_page(tmp_path):
    """As `hugo list all` has it."""
    names = ("posts/a/index.md", "posts/a/index.html", "posts/b.md", "posts/b.html", "posts/c/index.html")
    posts = load_by_source(site(tmp_path, **{f"content/{name}": DATED.format("") for name in names}))
    assert set(posts) == {"content/posts/a/index.md", "content/posts/b.md", "content/posts/c/index.html"}


def test_sections_and_what_lies_in_a_bundle_are_no_posts(tmp_path):
    """content-management/page-bundles/."""
    files = dict.fromkeys(
        (
            "content/_index.md",
            "content/posts/_index.md",
            "content/posts/_index.de.md",
            "content/posts/a.md",
            "content/posts/bundle/index.md",
            "content/posts/bundle/part.md",
            "content/posts/bundle/sub/index.md",
            "content/posts/templates/index.md",
            "content/posts/old.html",
            "content/about.md",
            "content/posts/#a.md",
            "README.md",
            "themes/x/content/posts/a.md",
        ),
        DATED.format(""),
    )
    assert list(load_by_source(site(tmp_path, 'ignoreFiles = ["\\\\.html$"]', **files))) == [
        "content/posts/a.md",
        "content/posts/bundle/index.md",
        "content/posts/templates/index.md",
    ]


def test_a_cascade_reaches_the_pages_below(tmp_path):
    """configuration/cascade/."""
    posts = load_by_source(
        site(
            tmp_path,
            '[cascade]\nauthor = "Site"\n[cascade.params]\nimage = "/a.png"\n',
            **{
                "content/posts/_index.md": "---\ncascade:\n  draft: true\n---\n",
                "content/posts/a.md": DATED.format(""),
                "content/posts/b.md": DATED.format("draft: false\nauthor: Own"),
                "content/posts/sub/_index.md": "---\ncascade:\n  - draft: false\n"
                "  - target: {kind: section}\n    author: X\n---\n",
                "content/posts/sub/c.md": DATED.format(""),
                "content/posts/zoo/_index.md": "---\ncascade:\n  - _target: {kind: page}\n    author: Zoe\n---\n",
                "content/posts/zoo/d.md": DATED.format(""),
            },
        )
    )
    assert [(post.status.value, post.authors[0].name) for post in posts.values()] == [
        ("draft", "Site"),
        ("published", "Own"),
        ("published", "Site"),
        ("draft", "Zoe"),
    ]
    assert {post.image and post.image.url for post in posts.values()} == {"/a.png"}


@pytest.mark.parametrize(
    ("target", "drafts"),
    [
        ("path: /posts/a/**", {"a/x", "a/y/z"}),
        ("path: /posts/a/*", {"a/x"}),
        ("path: '/POSTS/{a,b}/?'", {"a/x", "b/x"}),
        ("path: /posts/c", {"c", "c.de"}),
        ("lang: de", {"c.de"}),
        ("sites: {matrix: {languages: [de]}}", {"c.de"}),
        ("kind: section", set()),
        ("kind: '{page,section}'\n    path: /posts/[!b]*", {"c", "c.de"}),
        ("environment: development", set()),
    ],
)
def test_a_cascade_reaches_the_pages_that_it_is_aimed_at(tmp_path, target, drafts):
    """configuration/cascade/#target."""
    names = ("a/x", "a/y/z", "b/x", "c", "c.de")
    files = {f"content/posts/{name}.md": DATED.format("") for name in names}
    index = f"---\ncascade:\n- draft: true\n  target:\n    {target}\n- draft: false\n---\n"
    loaded = load(site(tmp_path, "[languages.en]\n[languages.de]\n", **files, **{"content/posts/_index.md": index}))
    found = {post.source.removeprefix("content/posts/")[:-3] for post in loaded.posts if post.status is Status.DRAFT}
    assert found == drafts


def test_a_page_in_a_language_that_is_disabled_is_not_built(tmp_path):
    """configuration/languages/#disabled."""
    config = 'disableLanguages = ["fr"]\n[languages.en]\n[languages.fr]\n[languages.zh]\ndisabled = true\n'
    files = {f"content/posts/{name}.md": DATED.format("") for name in ("a", "a.fr", "b.zh", "c.v2")}
    loaded = load(site(tmp_path, config, **files))
    assert [post.source for post in loaded.posts] == ["content/posts/a.md", "content/posts/c.v2.md"]


@pytest.mark.parametrize(
    ("config", "files", "folders"),
    [
        ('[params]\nmainSections = ["notes", "gone"]', ["posts/a.md", "notes/b.md"], ("content/notes",)),
        ("", ["guides/a.md", "guides/b.md", "guides/c.md", "post/d.md"], ("content/post",)),
        ("", ["essays/a.md", "posts/b.md", "links/c.md"], ("content/posts", "content/essays")),
        ("", ["de/a.md", "en/b.md"], ("content/en", "content/de")),
        ("", [f"entry/{number}.md" for number in range(9)] + ["about/us.md"], ("content/entry",)),
        ("", ["a/index.md", "b/index.md", "posts.md"], ("content",)),
        ("", ["a.md", "b.md"], ("content",)),
        ('contentDir = "src"', [], ("src",)),
        # The largest section is Hugo's own main section, a blog's name or not.
        (
            "",
            [*(f"legacy/{number}.md" for number in range(5)), "article/a.md", "article/b.md"],
            ("content/article", "content/legacy"),
        ),
        (
            "[languages.en]\ncontentDir = 'content/en'",
            [*(f"en/blog/{n}.md" for n in range(3)), "en/a.md"],
            ("content/en/blog",),
        ),
    ],
)
def test_the_posts_are_the_main_sections(tmp_path, config, files, folders):
    """configuration/all/#mainsections."""
    content = {f"content/{name}": DATED.format("") for name in files} or {"src/a.md": DATED.format("")}
    assert detect_site(site(tmp_path, config, **content)).posts == folders


LANGUAGES = """
defaultContentLanguage = "en"
[languages.en]
title = "English"
[languages.de]
languageCode = "de-DE"
[languages.zh-cn]
disabled = true
"""


def test_languages_by_file_name(tmp_path):
    """content-management/multilingual/#translation-by-file-name."""
    files = {f"content/posts/{name}": DATED.format("") for name in ("a.md", "a.de.md", "b/index.de.md", "c.v2.md")}
    loaded = load(site(tmp_path, LANGUAGES, **files))
    assert loaded.problems == ()
    assert {path_of(post): post.language for post in loaded.posts} == {
        "/posts/a/": None,
        "/de/posts/a/": "de",
        "/de/posts/b/": "de",
        "/posts/c.v2/": None,
    }


@pytest.mark.parametrize(
    "config",
    [
        LANGUAGES.replace("[languages.en]", '[languages.en]\ncontentDir = "content/en"').replace(
            "[languages.de]", '[languages.de]\ncontentDir = "content/de"'
        ),
        LANGUAGES + '[[module.mounts]]\nsource = "content/en"\ntarget = "content"\nlang = "en"\n'
        '[[module.mounts]]\nsource = "content/de"\ntarget = "content"\nlang = "de"\n',
        LANGUAGES,
    ],
)
def test_languages_by_folder(tmp_path, config):
    """content-management/multilingual/#translation-by-content-directory and configuration/module/#mounts."""
    files = {f"content/{language}/posts/a.md": DATED.format("url: b") for language in ("en", "de")}
    posts = load_by_source(site(tmp_path, config, **files))
    assert {path_of(post): post.language for post in posts.values()} == {"/b": "en", "/de/b": "de"}


def test_the_default_language_may_have_a_folder_and_any_language_a_host(tmp_path):
    files = {f"content/posts/{name}": DATED.format("") for name in ("a.md", "a.de.md")}
    config = "defaultContentLanguageInSubdir = true\n" + LANGUAGES.replace(
        "[languages.de]", '[languages.de]\nbaseURL = "https://example.de/"'
    )
    assert [post.url for post in load(site(tmp_path, config, **files)).posts] == [
        "https://example.de/posts/a/",
        "https://example.org/en/posts/a/",
    ]


def test_one_language_may_have_a_folder_too(tmp_path):
    """configuration/all/#defaultcontentlanguageinsubdir, seen with Hugo 0.150 and a site that lists no languages."""
    config = 'defaultContentLanguage = "en-us"\ndefaultContentLanguageInSubdir = true'
    assert path_of(load_one(site(tmp_path, config, **{"content/posts/a.md": DATED.format("")}))) == "/en-us/posts/a/"


def test_configuration_in_a_folder_is_put_together(tmp_path):
    """configuration/introduction/#configuration-directory."""
    write(
        tmp_path,
        {
            "config/_default/hugo.yaml": "baseURL: https://no.example\ntitle: Site\nTimeZone: Europe/Berlin",
            "config/_default/params.toml": 'description = "Words"\n[author]\nname = "Ada"\n',
            "config/_default/languages.de.toml": 'title = "Seite"',
            "config/_default/permalinks.json": '{"posts": "/p/:filename/"}',
            "config/production/hugo.yaml": "baseURL: https://example.org",
            "config/_default/menus.en.toml": "[[main]]\nname = 'x'",
            "content/posts/a.md": DATED.format(""),
        },
    )
    findings = detect_site(tmp_path)
    assert dict(findings.site) == {
        "url": "https://example.org",
        "title": "Site",
        "language": "en",
        "timezone": "Europe/Berlin",
        "description": "Words",
        "author": "Ada",
    }
    assert path_of(load_one(tmp_path)) == "/p/a/"


def test_authors_are_known_by_data_and_by_pages(tmp_path):
    files = {
        "data/authors/ada.yaml": "name: Ada Lovelace",
        "content/authors/grace/_index.md": "---\ntitle: Grace Hopper\n---\n",
        "content/posts/a.md": DATED.format("authors: [ada, grace]"),
    }
    assert [person.name for person in load_one(site(tmp_path, **files)).authors] == [
        "Ada Lovelace",
        "Grace Hopper",
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\ntitle: T\ndate: 2024-01-02\n---6---- x\nBody\n", "Body\n"),
        ('+++\ntitle = "T"\ndate = 2024-01-02\n+++ # end\nBody\n', "Body\n"),
        ("---\ntitle: T\ndate: 2024-01-02\nnote: |\n  a\n  --- b\n---\nBody\n---\n", "Body\n---\n"),
    ],
)
def test_a_line_that_begins_with_the_mark_closes_the_header(tmp_path, text, body):
    post = load_one(site(tmp_path, **{"content/posts/a.md": text}))
    assert (post.title, post.status, post.body) == ("T", Status.PUBLISHED, body)


@pytest.mark.parametrize(
    ("config", "language"),
    [
        ('languageCode = "en-us"\ndefaultContentLanguage = "zh-cn"', "zh-cn"),
        ('languageCode = "en-us"', "en-us"),
        ('languageCode = "en-US"\ndefaultContentLanguage = "en"', "en-US"),
        ('languageCode = "pt-BR"\ndefaultContentLanguage = "pt"', "pt-BR"),
    ],
)
def test_the_language_that_a_new_site_begins_with_gives_way_to_one_that_was_written(tmp_path, config, language):
    """configuration/all/#defaultcontentlanguage, and what `hugo new site` writes."""
    found = detect_site(site(tmp_path, config, **{"content/posts/a.md": DATED.format("")}))
    assert found.site["language"].lower() == language.lower()
