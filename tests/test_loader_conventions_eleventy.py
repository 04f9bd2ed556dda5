"""Eleventy, by https://www.11ty.dev/docs/permalinks/, /docs/data-cascade/, /docs/dates/ and /docs/collections/."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from blogs import configure, load, load_by_source, load_one, path_of, published, write
from feeds.models import Person, Severity, Status

PACKAGE = '{"devDependencies": {"@11ty/eleventy": "^3.1.2"}}'
POST = "---\ntitle: Hello World\ndate: 2024-01-02\n---\n\nBody\n"


def site(tmp_path, **files):
    return write(
        tmp_path,
        {"package.json": PACKAGE, "src/_data/site.json": '{"title": "T", "url": "https://example.org"}'}
        | {f"src/{name}": text for name, text in files.items()},
    )


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("blog/hello.md", "/blog/hello/"),
        ("blog/hello/index.md", "/blog/hello/"),
        ("blog/hello/hello.md", "/blog/hello/"),
        ("blog/2018-01-01-hello.md", "/blog/2018-01-01-hello/"),
    ],
)
def test_the_default_address_is_the_path_below_the_input_folder(tmp_path, name, address):
    assert path_of(load_one(site(tmp_path, **{name: POST}))) == address


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("/posts/{{ page.fileSlug }}/", "/posts/hello/"),
        ("/posts/{{ page.fileSlug }}/index.html", "/posts/hello/"),
        ("/{{ title | slugify }}/", "/hello-world/"),
        ("{{ page.filePathStem }}.html", "/blog/hello.html"),
        ("/{{ page.date | date: '%Y/%m/%d' }}/{{ page.fileSlug }}/", "/2024/01/02/hello/"),
        ("/{{ page.date | dateFormat('yyyy/LL') }}/{{ title | slug }}.html", "/2024/01/hello-world.html"),
        ("/{{ category | downcase }}/x/", "/news/x/"),
        ("/fixed/", "/fixed/"),
        ("/{{ something.unknown }}/x/", "/blog/2018-01-01-hello/"),
        ("/{% if a %}b{% endif %}/", "/blog/2018-01-01-hello/"),
    ],
)
def test_permalinks_are_filled_as_far_as_they_are_known(tmp_path, permalink, address):
    data = f'{{"permalink": "{permalink}", "category": "News"}}'
    root = site(tmp_path, **{"blog/2018-01-01-hello.md": POST, "blog/blog.json": data})
    assert path_of(load_one(root)) == address


def test_a_header_wins_over_its_folders_data_and_these_over_those_above(tmp_path):
    root = site(
        tmp_path,
        **{
            "blog/blog.json": '{"author": "Ada", "permalink": "/b/{{ page.fileSlug }}/", "tags": "posts"}',
            "blog/2024/2024.11tydata.json": '{"permalink": "/y/{{ page.fileSlug }}/"}',
            "blog/2024/a.md": POST.replace("---\n\n", "tags: [CSS, posts]\n---\n\n", 1),
            "blog/2024/b.md": POST.replace("---\n\n", "permalink: /own/\nauthor: Grace\n---\n\n", 1),
        },
    )
    a, b = load_by_source(root).values()
    assert (path_of(a), a.authors[0].name, a.tags) == ("/y/a/", "Ada", ("CSS",))
    assert (path_of(b), b.authors[0].name, b.tags) == ("/own/", "Grace", ())


@pytest.mark.parametrize(
    ("function", "address"),
    [
        # permalinks/#use-data-variables-in-permalink, in a data file: https://www.11ty.dev/docs/data-js/
        ("permalink: ({ page }) => `/web/${page.fileSlug}/`,", "/web/a/"),
        ("permalink: data => `/web/${ data.page.fileSlug }.html`,", "/web/a.html"),
        ("permalink: function({page}) {\n    return `/web/${ page.fileSlug }/`\n  },", "/web/a/"),
        ("permalink(data) { return `/${data.title}/`; },", "/Hello%20World/"),
        ("permalink: data => data.draft ? false : `/web/${data.page.fileSlug}/`,", "/blog/2024-01-02-a/"),
        ("permalink: data => `/web/${data.title.toLowerCase()}/`,", "/blog/2024-01-02-a/"),
        ("permalink: data => `/web/${data.unknown}/`,", "/blog/2024-01-02-a/"),
    ],
)
def test_a_permalink_function_that_only_fills_a_template_is_one(tmp_path, function, address):
    module = f"export default {{\n  layout: 'post',\n  {function}\n  tags: ['post'],\n}}\n"
    post = load_one(site(tmp_path, **{"blog/blog.11tydata.js": module, "blog/2024-01-02-a.md": POST}))
    assert path_of(post) == address


@pytest.mark.parametrize("layout", ["post", "post.njk"])
def test_a_layout_may_say_where_its_posts_are(tmp_path, layout):
    files = {
        "_includes/post.njk": (
            "---\nlayout: base\npermalink: \"/blog/{{ page.date | date: '%Y' }}/{{ page.fileSlug }}/\"\n---\n"
        ),
        "_includes/base.njk": "---\nauthor: Ada\n---\n<html></html>\n",
        "_posts/2024-01-02-hello.md": POST.replace("---\n\n", f"layout: {layout}\n---\n\n", 1),
    }
    post = load_one(site(tmp_path, **files))
    assert (path_of(post), post.authors) == ("/blog/2024/hello/", (Person(name="Ada"),))


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("eleventyExcludeFromCollections: true", Status.HIDDEN),
        ("permalink: false", Status.HIDDEN),
        ("draft: true", Status.DRAFT),
        ("date: Last Modified", Status.UNDATED),
        ("date: 2030-01-01", Status.PUBLISHED),
    ],
)
def test_what_is_in_no_collection_is_in_no_feed(tmp_path, header, status):
    root = site(
        tmp_path,
        **{
            "blog/a.md": POST,
            "blog/b.md": (
                f"---\ntitle: B\n{'' if 'date' in header else 'date: 2024-01-02' + chr(10)}{header}\n---\n\nx\n"
            ),
        },
    )
    assert load_by_source(root)["src/blog/b.md"].status is status


@pytest.mark.parametrize("name", ["2018-01-01-a.md", "2018-01-01-a/index.md", "2018-01-01/a.md"])
def test_the_day_may_stand_anywhere_in_the_path(tmp_path, name):
    post = load_one(site(tmp_path, **{f"blog/{name}": "---\ntitle: A\n---\n\nx\n"}))
    assert post.published.date().isoformat() == "2018-01-01"


def test_people_may_have_a_folder_each(tmp_path):
    root = site(
        tmp_path,
        **{
            "articles/a/index.md": POST.replace("---\n\n", "author: zell-liew\n---\n\n", 1),
            "people/zell-liew/index.md": "---\nname: Зел Лью\nurl: https://zellwk.com/\n---\n",
        },
    )
    assert load_one(root).authors == (Person(name="Зел Лью", url="https://zellwk.com/"),)


def test_the_input_folder_comes_from_settings_or_scripts(tmp_path):
    settings = (
        "export default function (c) { c.addFilter('x', (v) => { return v });"
        " return {dir: {input: 'content', data: '../_data'}}; }\n"
    )
    root = write(
        tmp_path,
        {
            "eleventy.config.js": settings,
            "_data/metadata.js": (
                "export default {title: 'Base', url: 'https://example.org/', language: 'en', author: {name: 'Ada'}};\n"
            ),
            "content/blog/a.md": POST,
            "README.md": "# Read me\n",
        },
    )
    config = configure(root)
    assert (config.site.title, config.site.url, config.site.authors[0].name) == (
        "Base",
        "https://example.org/",
        "Ada",
    )
    assert path_of(load_one(root)) == "/blog/a/"
    assert config.origins["site.url"] == "_data/metadata.js"


def test_folders_without_dates_are_no_posts(tmp_path):
    root = site(
        tmp_path,
        **{
            "blog/a.md": POST,
            "blog/b.md": POST.replace("World", "B"),
            "docs/x.md": "# X\n",
            "people/ada/index.md": "---\nname: Ada\n---\n",
        },
    )
    assert published(load(root)) == ["src/blog/a.md", "src/blog/b.md"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("DateTime.fromJSDate(date, {zone: 'utc'}).\n toFormat('yyyy/LL')", "/2024/03/a/"),
        ("DateTime.fromJSDate(date).toISODate()", "/2024-03-04/a/"),
        ("moment(date).format('YYYY/M/D')", "/2024/3/4/a/"),
        ("date.getFullYear() + 1", "/a/"),
    ],
)
def test_a_filter_of_the_sites_own_that_writes_a_date_is_read_as_its_pattern(tmp_path, body, path):
    """docs/filters/: it is not run, so one that does anything else leaves the address to be that of the file."""
    settings = f"module.exports = (c) => {{ c.addFilter('slugDate', (date) => {body}); c.addFilter('x', y => y) }};"
    post = '---\ndate: 2024-03-04\npermalink: "/{{ page.date | slugDate }}/{{ page.fileSlug }}/"\n---\n'
    assert path_of(load_one(write(tmp_path, {".eleventy.js": settings, "a.md": post}))) == path


@pytest.mark.parametrize("extension", ["'yml'", "['yaml', 'yml']", '"yaml,yml"'])
def test_data_files_have_the_endings_that_the_settings_add(tmp_path, extension):
    """docs/data-custom/; the posts are found by the dates beside them."""
    files = {
        "eleventy.config.js": f"export default (c) => {{ c.addDataExtension({extension}, (text) => load(text)); }};",
        "src/articles/one/index.md": "Text\n",
        "src/articles/one/index.yml": "title: One\ndate: 2024-03-04\ntags: [A]\n",
        "src/articles/articles.yml": "tags: articles\nlang: ru\n",
        "src/pages/about/index.md": "About\n",
    }
    post = load_one(write(tmp_path, files))
    assert (post.title, path_of(post), post.tags, post.language) == ("One", "/articles/one/", ("A",), "ru")


def test_the_input_is_the_sites_own_folder_unless_something_says_otherwise(tmp_path):
    """docs/config/#input-directory."""
    settings = "export default (c) => ({ templateFormats: ['md'] });"
    files = {"eleventy.config.js": settings, "posts/a.md": "---\ndate: 2024-01-02\n---\n", "content/b.md": "x"}
    assert path_of(load_one(write(tmp_path, files))) == "/posts/a/"


def test_what_lies_among_layouts_and_data_is_no_post(tmp_path):
    """docs/config/#directory-for-includes."""
    dated = "---\ndate: 2024-01-02\n---\n"
    files = {f"src/{name}": dated for name in ("a.md", "b.md", "_includes/c.md", "_data/d.md", "parts/e.md")}
    settings = "module.exports = () => ({ dir: { input: 'src', includes: 'parts' } });"
    assert sorted(load_by_source(write(tmp_path, {".eleventy.js": settings, **files}))) == ["src/a.md", "src/b.md"]


def test_a_permalink_is_made_of_the_title_as_it_is_written(tmp_path):
    post = '---\ntitle: "R&amp;D <b>now</b>"\ndate: 2024-01-02\npermalink: "/{{ title | slugify }}/"\n---\n'
    assert path_of(load_one(site(tmp_path, **{"posts/a.md": post}))) == "/r-and-amp-d-b-now-b/"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"blog/blog.json": '{"permalink": "/{{ something | odd }}/"}'}, "`/{{ something | odd }}/`"),
        ({"blog/blog.11tydata.js": "export default {\n  permalink: data => make(data),\n}\n"}, "a program"),
    ],
)
def test_a_permalink_that_only_eleventy_can_run_is_a_guess_that_is_said(tmp_path, data, told):
    loaded = load(site(tmp_path, **{"blog/2024-01-02-a.md": POST}, **data))
    (note,) = loaded.problems
    assert (note.severity, note.path) == (Severity.NOTE, "src/blog/2024-01-02-a.md")
    assert note.message.startswith(f"permalink: is {told}")
    assert [path_of(post) for post in loaded.posts] == ["/blog/2024-01-02-a/"]


def test_a_computed_permalink_is_the_last_of_the_cascade(tmp_path):
    data = '{"permalink": "/x/", "eleventyComputed": {"permalink": "/notes/{{ page.fileSlug }}/"}}'
    assert path_of(load_one(site(tmp_path, **{"blog/2024-01-02-a.md": POST, "blog/blog.json": data}))) == "/notes/a/"


def test_the_posts_are_those_of_the_collection_that_the_sites_feed_shows(tmp_path):
    """https://www.11ty.dev/docs/plugins/rss/."""
    files = {
        f"{folder}/{number}.md": POST
        for folder, count in (("blog", 3), ("apps", 9), ("notes", 5))
        for number in range(count)
    }
    data = {f"{name}/{name}.json": f'{{"tags": "{name}"}}' for name in ("blog", "apps", "notes")}
    feeds = {
        "notes_rss.njk": "{% for n in collections.notes %}{% endfor %}",
        "rss.njk": "{{ collections['blog'] | reverse }}",
    }
    root = site(tmp_path, **files, **data, **feeds)
    assert configure(root).posts == ("src/blog",)
    assert configure(root).origins["posts.path"] == "src/rss.njk, which shows collections.blog"
    assert len(load(root).posts) == 3


FUNCTION = """const slugify = require("../lib");
module.exports = {
  eleventyComputed: {
    permalink: (data) => {
      if (!data.date) {
        return `${data.page.filePathStem}/`;
      }
      const date = DateTime.fromJSDate(data.date, {zone: "utc"});
      const month = String(data.date.getMonth() + 1).padStart(2, '0');
      const [, stem] = parts;
      DEFINED
      return `RETURNED`;
    },
    other: (data) => { return `${nothing}`; },
  },
};
"""


@pytest.mark.parametrize(
    ("defined", "returned", "path"),
    [
        ("", "/blog/${date.toFormat('yyyy/MM')}/${data.page.fileSlug}/", "/blog/2024/03/a-post/"),
        ("const year = data.date.getUTCFullYear();", "/${year}/${month}/${data.title}.html", "/2024/03/A.html"),
        ("const slug = data.slug || slugify(data.title);", "/b/${slug}/", "/b/a/"),
        ("const postSlug = derive(data);", "/b/${postSlug}/", "/b/a-post/"),
    ],
)
def test_what_a_permalink_function_returns_last_is_a_guess_and_said(tmp_path, defined, returned, path):
    module = FUNCTION.replace("DEFINED", defined).replace("RETURNED", returned)
    post = "---\ntitle: A\ndate: 2024-03-04\n---\n"
    root = site(tmp_path, **{"blog/blog.11tydata.js": module, "blog/2024-03-04-a-post.md": post})
    assert path_of(load_one(root)) == path
    assert [problem.message for problem in load(root).problems] == [
        "permalink: is a program, and the address a guess from its text; posts.permalink may tell another"
    ]


def test_a_permalink_function_that_a_data_file_takes_from_elsewhere_is_found(tmp_path):
    root = site(
        tmp_path,
        **{
            "_data/computed.js": "export default {\n  permalink: ({page}) => `/own/${page.fileSlug}/`,\n};\n",
            "blog/blog.11tydata.js": 'import computed from "../_data/computed.js";\nexport default computed;\n',
            "blog/a.md": POST,
        },
    )
    assert path_of(load_one(root)) == "/own/a/"


def test_the_posts_links_tell_what_no_text_of_a_program_does(tmp_path):
    module = "export default {\n  permalink: (data) => make(data),\n};\n"
    posts = {f"blog/2024-0{n}-01-p{n}.md": f"{POST}\n[x](/notes/p{n % 3 + 1}/)\n" for n in (1, 2, 3)}
    root = site(tmp_path, **{"blog/blog.11tydata.js": module, **posts})
    assert {path_of(post) for post in load(root).posts} == {"/notes/p1/", "/notes/p2/", "/notes/p3/"}
    assert "the posts' links tell the address" in load(root).problems[0].message


def test_filters_may_stand_in_the_sites_own_modules(tmp_path):
    files = {
        "eleventy.config.js": "import f from './_config/filters.js';\nexport default (c) => { c.addPlugin(f) };",
        "_config/filters.js": "import { DateTime } from 'luxon';\nimport './dates';\nexport default (c) => {};",
        "_config/dates/index.js": (
            "c.addFilter('path', (d) => {\n  const year = d.getFullYear();\n  const month = pad(d.getMonth() + 1);\n"
            "  return `${year}/${month}`;\n});\n"
        ),
        "a.md": '---\ndate: 2024-03-04\npermalink: "/{{ page.date | path }}/{{ page.fileSlug }}/"\n---\n',
    }
    assert path_of(load_one(write(tmp_path, files))) == "/2024/03/a/"


def test_a_module_of_the_sites_own_that_is_no_utf_8_stops_nothing(tmp_path):
    root = write(tmp_path, {"eleventy.config.js": "import f from './old.js';\nexport default (c) => {};", "a.md": POST})
    (root / "old.js").write_bytes(
        b"// d\xe9j\xe0 vu\nc.addFilter('path', (d) => DateTime.fromJSDate(d).toFormat('yyyy'));\n"
    )
    (root / "a.md").write_text('---\ndate: 2024-03-04\npermalink: "/{{ page.date | path }}/a/"\n---\n', "utf-8")
    assert path_of(load_one(root)) == "/2024/a/"


def test_addresses_begin_at_the_domain_though_the_sites_url_is_that_of_its_blog(tmp_path):
    root = site(tmp_path, **{"_data/site.json": '{"url": "https://example.org/blog/"}', "blog/a.md": POST})
    assert load_one(root).url == "https://example.org/blog/a/"


@pytest.mark.parametrize("folder", ["_src", "src/site", "website"])
def test_the_input_folder_is_the_one_with_its_includes_or_data(tmp_path, folder):
    """docs/config/#directory-for-includes: they are below the input folder."""
    files = {"package.json": PACKAGE, f"{folder}/_data/x.json": "{}", f"{folder}/blog/a.md": POST}
    assert path_of(load_one(write(tmp_path, files))) == "/blog/a/"


def test_a_permalink_that_is_no_template_is_taken_as_it_is_written(tmp_path):
    """docs/permalinks/#disable-templating-in-permalinks."""
    post = POST.replace("---\n\n", 'permalink: "/{{ title }}/raw/"\ndynamicPermalink: false\n---\n\n', 1)
    assert unquote(path_of(load_one(site(tmp_path, **{"blog/a.md": post})))) == "/{{ title }}/raw/"
