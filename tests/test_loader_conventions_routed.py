"""Sites with routes in code: the facts that are data are found, the address is guessed from the routes and said so."""

from __future__ import annotations

import pytest

from blogs import configure, load, load_by_source, load_one, path_of, write
from feeds.loader.conventions.linked_routes import find_linked_route
from feeds.models import Markup, Person, Status
from feeds.publisher.check import list_findings
from feeds.publisher.init import propose_settings

POST = "---\ntitle: Hello\npubDate: 'Jul 08 2022'\nupdatedDate: 2022-07-09\n---\n\nBody\n"
ASTRO = (
    "import { defineConfig } from 'astro/config';\n"
    "export default defineConfig({ site: 'https://example.org', integrations: [mdx()] });\n"
)
NEXT = '{"dependencies": {"next": "15"}, "homepage": "https://example.org"}'
GATSBY = (
    "module.exports = {siteMetadata: {title: `G`, siteUrl: `https://example.org/`, author: {name: `Kyle`}},\n"
    " plugins: [{resolve: `gatsby-source-filesystem`, options: {path: `content/blog`}}]}\n"
)


def test_an_astro_collection_is_where_its_route_shows_it(tmp_path):
    files = {
        "astro.config.mjs": ASTRO,
        "src/consts.ts": "export const SITE_TITLE = 'Astro Blog';\nexport const SITE_DESCRIPTION = 'Welcome!';\n",
        "src/content/blog/First Post.md": POST,
        "src/content/blog/second/index.mdx": POST.replace("Hello", "Second"),
        "src/content/blog/_draft.md": POST,
        "src/pages/writing/[...slug].astro": "---\nconst posts = await getCollection('blog');\n---\n",
        "src/pages/tags/[tag].astro": "---\nconst posts = await getCollection('blog');\n---\n",
    }
    root = write(tmp_path, files)
    config = configure(root)
    assert (config.site.title, config.site.description, config.site.url) == (
        "Astro Blog",
        "Welcome!",
        "https://example.org/",
    )
    assert config.origins["posts.permalink"] == "a guess: src/pages/writing/[...slug].astro names 'blog'"
    first, second = load_by_source(root).values()
    assert (path_of(first), path_of(second), second.markup) == (
        "/writing/first-post/",
        "/writing/second/",
        Markup.MDX,
    )
    assert first.published.date().isoformat() == "2022-07-08"
    assert first.updated.date().isoformat() == "2022-07-09"


def test_astros_pages_in_markdown_are_their_own_routes(tmp_path):
    post = load_one(write(tmp_path, {"astro.config.mjs": ASTRO, "src/pages/posts/Post-1.md": POST}))
    assert path_of(post) == "/posts/Post-1/"


def test_starlight_and_its_blog_say_title_and_people_in_the_calls_of_the_settings(tmp_path):
    settings = (
        "import starlight from '@astrojs/starlight';\nimport blog from \"starlight-blog\";\n"
        "export default defineConfig({ integrations: [starlight({ title: 'Docs', plugins: [blog({\n"
        "  authors: { ada: { name: 'Ada Lovelace', title: 'Analyst', url: 'https://ada.example' } } })] })] });\n"
    )
    text = POST.replace("title: Hello", "title: Hello\nauthors: [ada, {name: Guest}]")
    root = write(tmp_path, {"astro.config.mjs": settings, "src/content/docs/blog/a.md": text})
    assert configure(root).site.title == "Docs"
    ada, guest = load_one(root).authors
    assert (ada.name, ada.url, guest.name) == ("Ada Lovelace", "https://ada.example", "Guest")


def test_astros_base_is_part_of_the_address(tmp_path):
    config = ASTRO.replace("integrations", "base: '/docs', integrations")
    post = load_one(write(tmp_path, {"astro.config.mjs": config, "src/content/blog/a.md": POST}))
    assert post.url == "https://example.org/docs/blog/a/"


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"_posts/hello.md": POST, "pages/posts/[slug].js": ""}, "/posts/hello/"),
        ({"_posts/hello.md": POST}, "/posts/hello/"),
        ({"content/blog/hello.mdx": POST, "src/app/(site)/blog/[slug]/page.tsx": ""}, "/blog/hello/"),
        ({"content/blog/hello.mdx": POST, "app/[slug]/page.js": ""}, "/hello/"),
        (
            {
                "data/blog/nested/hello.mdx": POST,
                "app/blog/[...slug]/page.tsx": "",
                "app/tags/[tag]/page.tsx": "",
            },
            "/blog/nested/hello/",
        ),
        # api-reference/file-conventions/dynamic-routes#optional-catch-all-segments
        ({"src/content/blog/2022/hello.md": POST, "src/pages/[[...path]].js": "'/blog'"}, "/blog/2022/hello/"),
        ({"content/blog/hello.md": POST, "app/blog/[[...slug]]/page.js": ""}, "/blog/hello/"),
        ({"content/hello.md": POST, "app/docs/[[...path]]/page.js": "", "app/[[...p]]/page.js": ""}, "/hello/"),
        ({"public/hello/index.md": POST}, "/hello/"),
        (
            {"blog/posts/2022-07-08-hello.md": POST, "app/blog/[year]/[month]/[day]/[slug]/page.tsx": ""},
            "/blog/2022/07/08/hello/",
        ),
        ({"blog/posts/hello.md": POST, "app/teams/[slug]/page.js": ""}, "/blog/hello/"),
        ({"app/blog/_posts/hello.mdx": POST, "app/blog/[slug]/page.tsx": ""}, "/blog/hello/"),
        (
            {"posts/hello.md": POST, "app/notes/[slug]/page.test.tsx": "posts", "app/b/[slug]/page.tsx": "'posts'"},
            "/b/hello/",
        ),
        ({"app/blog/hello/page.mdx": POST}, "/blog/hello/"),
        ({"src/pages/hello/index.mdx": POST}, "/hello/"),
        ({"posts/2022-07-08-hello.md": POST, "pages/blog/[slug].js": "posts"}, "/blog/2022-07-08-hello/"),
        ({"posts/a.md": POST.replace("---\n\n", "slug: own\n---\n\n", 1)}, "/posts/own/"),
        ({"posts/a.md": POST.replace("---\n\n", "permalink: /x/own/\n---\n\n", 1)}, "/x/own/"),
    ],
)
def test_the_route_of_a_next_js_site_is_guessed_from_its_files(tmp_path, files, address):
    root = write(tmp_path, {"package.json": NEXT} | files)
    assert configure(root).site.convention == "nextjs"
    assert path_of(load_one(root)) == address


def test_a_language_in_the_route_is_the_posts(tmp_path):
    # api-reference/file-conventions/dynamic-routes, guides/internationalization
    files = {"package.json": NEXT, "app/[lang]/blog/[slug]/page.js": ""}
    below = {f"content/blog/{language}/hello.md": POST for language in ("en", "ar")}
    posts = load_by_source(write(tmp_path / "below", files | below)).values()
    assert [(path_of(post), post.language) for post in posts] == [("/ar/blog/hello/", "ar"), ("/en/blog/hello/", "en")]
    above = {f"content/{language}/blog/hello.md": POST for language in ("en", "ar")}
    posts = load_by_source(write(tmp_path / "above", files | above)).values()
    assert [path_of(post) for post in posts] == ["/ar/blog/hello/", "/en/blog/hello/"]


def test_a_category_in_the_route_is_the_posts_folder(tmp_path):
    files = {
        "package.json": NEXT,
        "app/[lang]/blog/[category]/[year]/[id]/page.js": "",
        "content/blog/news/hello.md": POST,
        "content/blog/code/other.md": POST,
    }
    posts = load_by_source(write(tmp_path, files)).values()
    assert [path_of(post) for post in posts] == ["/blog/code/2022/other/", "/blog/news/2022/hello/"]


def test_metadata_that_mdx_exports_is_its_header(tmp_path):
    text = (
        'import X from "./x"\n'
        "\n"
        "export const metadata = {\n"
        '  title: "It\'s new",\n'
        '  publishedAt: "2024-01-02",\n'
        '  author: {name: "Ada"},\n'
        "}\n"
        "\n"
        "# Not the title\n"
        "\n"
        "<X />\n"
    )
    post = load_one(write(tmp_path, {"package.json": NEXT, "app/blog/a/page.mdx": text}))
    assert (post.title, post.published.date().isoformat(), post.authors) == (
        "It's new",
        "2024-01-02",
        (Person(name="Ada"),),
    )
    assert post.body.lstrip().startswith("# Not the title")


@pytest.mark.parametrize(
    ("node", "header", "address"),
    [
        ("", "", "/hello/"),
        ("createPage({path: node.fields.slug})", "", "/hello/"),
        ("createPage({path: `/blog${node.fields.slug}`})", "", "/blog/hello/"),
        ("createPage({path: `/tags/${slug}`})\ncreatePage({path: '/posts/' + slug})", "", "/posts/hello/"),
        ("createPage({path: `/work${w.slug}`})\ncreatePage({path: post.node.fields.slug})", "", "/hello/"),
        ("", "slug: /own/place/", "/own/place/"),
        ("", "path: /old", "/old"),
    ],
)
def test_a_gatsby_post_is_at_its_path_below_the_source_folder(tmp_path, node, header, address):
    text = POST.replace("---\n\n", f"{header}\n---\n\n", 1) if header else POST
    files = {"gatsby-config.js": GATSBY, "content/blog/hello/index.md": text} | (
        {"gatsby-node.js": node} if node else {}
    )
    root = write(tmp_path, files)
    config = configure(root)
    assert (config.site.title, config.site.url, config.site.authors[0].name) == (
        "G",
        "https://example.org/",
        "Kyle",
    )
    assert path_of(load_one(root)).rstrip("/") == address.rstrip("/")


def test_authors_of_a_list_in_a_data_file_resolve(tmp_path):
    files = {
        "gatsby-config.js": GATSBY,
        "content/authors.yml": "- id: kyle\n  name: Kyle Mathews\n  twitter: kylemathews\n",
    }
    post = load_one(
        write(tmp_path, files | {"content/blog/a/index.md": POST.replace("---\n\n", "author: kyle\n---\n\n", 1)})
    )
    assert post.authors == (Person(name="Kyle Mathews", url="https://twitter.com/kylemathews"),)


def test_quartz_writes_a_notes_path_as_its_address(tmp_path):
    settings = (
        "const config: QuartzConfig = {\n"
        '  configuration: { pageTitle: "Garden", locale: "en-US", baseUrl: "example.org/g" },\n'
        "}\n"
        "export default config\n"
    )
    files = {
        "quartz.config.ts": settings,
        "content/notes/Q & A.md": POST,
        "content/index.md": POST,
        "content/templates/t.md": POST,
        "content/undated.md": "# U\n",
    }
    root = write(tmp_path, files)
    posts = load_by_source(root)
    assert configure(root).site.title == "Garden"
    assert posts["content/notes/Q & A.md"].url == "https://example.org/g/notes/Q--and--A"
    assert posts["content/index.md"].status is Status.HIDDEN
    assert posts["content/undated.md"].status is Status.UNDATED
    assert "content/templates/t.md" not in posts


def test_a_garden_without_its_settings_is_known_by_quartzs_package(tmp_path):
    write(tmp_path, {"package.json": '{"name": "@jackyzha0/quartz"}', "content/a b.md": POST})
    assert configure(tmp_path).site.convention == "quartz"


def test_quartz_shows_a_note_by_its_own_rules(tmp_path):
    # configuration: ignorePatterns; plugins/ExplicitPublish; plugins/Frontmatter: no title is the file's name.
    settings = (
        'const config = { configuration: { ignorePatterns: ["drafts", "daily/**"] },\n'
        "  plugins: { filters: [Plugin.RemoveDrafts(), Plugin.ExplicitPublish()] } }\n"
        "export default config\n"
    )
    note = "---\ndate: 2024-01-02\npublish: true\n---\n\n## A heading\n"
    files = {
        "quartz.config.ts": settings,
        "package.json": '{"name": "@jackyzha0/quartz", "author": "jackyzha0", "homepage": "https://quartz.example"}',
        "content/a b.md": note,
        "content/templates/t.md": note,
        "content/drafts/d.md": note,
        "content/daily/2024/e.md": note,
        "content/silent.md": note.replace("publish: true\n", ""),
    }
    root = write(tmp_path, files)
    posts = load_by_source(root)
    assert set(posts) == {"content/a b.md", "content/templates/t.md", "content/silent.md"}
    assert (posts["content/a b.md"].title, posts["content/a b.md"].url) == ("a b", "/a-b")
    assert posts["content/silent.md"].status is Status.HIDDEN
    assert configure(root).site.authors == ()


@pytest.mark.parametrize(
    ("files", "address"),
    [
        (
            {"svelte.config.js": "", "src/posts/hello.md": POST, "src/routes/blog/[slug]/+page.svelte": ""},
            "/blog/hello/",
        ),
        ({"svelte.config.js": "", "src/routes/blog/hello/+page.md": POST}, "/blog/hello/"),
        ({"nuxt.config.ts": "", "content/blog/1.hello.md": POST}, "/blog/hello/"),
        # https://reactrouter.com/how-to/file-route-conventions
        ({"react-router.config.ts": "", "content/blog/a.md": POST, "app/routes/blog_/$slug.tsx": ""}, "/blog/a/"),
        ({"react-router.config.ts": "", "content/a.md": POST, "app/routes/_app.blog_.$slug.tsx": ""}, "/blog/a/"),
        ({".vitepress/config.ts": "", "posts/hello.md": POST}, "/posts/hello/"),
        ({"docs/.vitepress/config.ts": "", "docs/posts/hello.md": POST}, "/posts/hello/"),
        (
            {".vitepress/config.ts": "export default { srcDir: './src', base: '/b/' }", "src/posts/hello.md": POST},
            "/b/posts/hello/",
        ),
    ],
)
def test_other_programs_are_guessed_alike(tmp_path, files, address):
    root = write(tmp_path, files)
    assert configure(root).site.convention == "javascript"
    assert load_one(root).url == address


def test_one_line_overrides_the_guess(tmp_path):
    post = load_one(
        write(tmp_path, {"package.json": NEXT, "posts/hello.md": POST}), posts={"permalink": "/:year/:slug/"}
    )
    assert path_of(post) == "/2022/hello/"


def test_drafts_stay_out(tmp_path):
    post = load_one(
        write(
            tmp_path,
            {
                "astro.config.mjs": ASTRO,
                "src/content/blog/a.md": POST.replace("---\n\n", "draft: true\n---\n\n", 1),
            },
        )
    )
    assert post.status is Status.DRAFT


def test_the_guessed_route_is_said_and_proposed(tmp_path):
    files = {"astro.config.mjs": "export default {site: 'https://example.org'}", "src/content/blog/hello.md": POST}
    root = write(tmp_path, files | {"src/pages/writing/[...slug].astro": "getCollection('blog')"})
    found = {one.key: f"{one.value} from {one.origin}" for one in list_findings(configure(root))}
    why = "a guess: src/pages/writing/[...slug].astro names 'blog'"
    assert found["posts.permalink"] == f"/writing/… from {why}"
    assert f'# permalink = "/writing/:slug/"  # {why}' in propose_settings(configure(root))
    own = list_findings(configure(root, posts={"permalink": "/:year/:slug/"}))
    assert [one.value for one in own if one.key == "posts.permalink"] == ["/:year/:slug/"]


def test_a_workspace_may_keep_its_posts_beside_the_program(tmp_path):
    files = {"apps/blog/astro.config.ts": "export default {}", "apps/blog/README.md": "x", "contents/dev/a.md": POST}
    root = write(tmp_path, files | {"package.json": "{}"})
    assert [post.source for post in load(root).posts] == ["contents/dev/a.md"]


LAYOUT = """
import { inter } from './fonts';
const name = 'The Blog';
export const metadata: Metadata = {
  metadataBase: new URL('https://example.org'),
  title: { default: name, template: `%s | ${name}` },
  description: 'About it',
};
export default function Layout({ children }) {
  return <html suppressHydrationWarning lang="ja" className={inter}>{children}</html>;
}
"""


def test_next_js_says_in_its_root_layout_what_the_site_is(tmp_path):
    """nextjs.org/docs/app/api-reference/functions/generate-metadata."""
    config = configure(write(tmp_path, {"package.json": NEXT, "posts/a.md": POST, "src/app/layout.tsx": LAYOUT}))
    site = config.site
    assert (site.title, site.url, site.description, site.language) == (
        "The Blog",
        "https://example.org/",
        "About it",
        "ja",
    )
    assert config.origins["site.url"] == "src/app/layout.tsx"


def test_a_data_file_may_have_the_sites_facts_in_a_table(tmp_path):
    data = "site:\n  name: T\n  site: https://example.org\ni18n:\n  language: fr\n"
    files = {"astro.config.mjs": "export default {}", "src/config.yaml": data, "src/content/blog/a.md": POST}
    site = configure(write(tmp_path, files)).site
    assert (site.title, site.url, site.language) == ("T", "https://example.org/", "fr")


def test_a_links_address_is_what_the_post_is_about_and_its_own_is_its_slugs(tmp_path):
    files = {
        "gatsby-config.js": GATSBY,
        "content/blog/a.md": POST.replace("title: Hello", "title: Hello\nslug: hello\nurl: https://b.example/x"),
    }
    assert path_of(load_one(write(tmp_path, files))) == "/hello/"
    own = POST.replace("title: Hello", "title: Hello\nslug: hello\nurl: https://www.example.org/x")
    assert load_one(write(tmp_path, files | {"content/blog/a.md": own})).url == "https://www.example.org/x"


LINKS = "See [b](/all/b-two/#x), <a href='/all/c-three.html'>c</a> and [x](https://b.example/notes/b-two).\n"


def test_where_no_code_tells_the_route_the_posts_own_links_do(tmp_path):
    files = {f"content/blog/{name}.md": POST + LINKS for name in ("a-one", "b-two", "c-three")}
    root = write(tmp_path, files | {"gatsby-config.js": GATSBY})
    assert configure(root).origins["posts.permalink"] == "a guess: 6 links in its posts"
    assert path_of(load_by_source(root)["content/blog/a-one.md"]) == "/all/a-one/"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/notes/2024/{}-b", "/notes/2024/1-b/"),
        ("/notes/{}-b", "/notes/1-b/"),
        ("/{}-b", "/1-b/"),
    ],
)
def test_links_say_whether_the_folders_of_years_are_part_of_the_address(tmp_path, link, address):
    body = f"[a]({link.format(2)}) [b]({link.format(3)})"
    files = {f"content/blog/2024/{number}-b.md": POST + body for number in (1, 2, 3)}
    root = write(tmp_path, files | {"gatsby-config.js": GATSBY})
    assert path_of(load_by_source(root)["content/blog/2024/1-b.md"]) == address


def test_a_folder_that_is_in_the_address_is_not_dropped_from_others(tmp_path):
    names = ("docs/docs/a-one", "docs/docs/b-two", "docs/docs/c-three", "docs/community/d-four")
    body = "[b](/docs/b-two) [c](/docs/c-three) [a](/docs/a-one)"
    root = write(tmp_path, {f"{name}.md": body for name in names})
    assert find_linked_route(root, [f"{name}.md" for name in names], "") is None


def test_one_link_or_links_that_differ_say_nothing(tmp_path):
    one = {"content/blog/a-one.md": POST + "[b](/all/b-two)", "content/blog/b-two.md": POST}
    assert (
        path_of(load_by_source(write(tmp_path / "one", one | {"gatsby-config.js": GATSBY}))["content/blog/a-one.md"])
        == "/a-one/"
    )
    body = "[b](/all/b-two) [c](/old/c-three) [a](/2019/a-one) [b](/2020/b-two) [c](/all/c-three)"
    several = {f"content/blog/{name}.md": POST + body for name in ("a-one", "b-two", "c-three")}
    root = write(tmp_path / "several", several | {"gatsby-config.js": GATSBY})
    assert path_of(load_by_source(root)["content/blog/a-one.md"]) == "/a-one/"


def test_a_dated_page_where_posts_are_looked_for_first_makes_way_for_many_posts(tmp_path):
    files = {"astro.config.mjs": ASTRO, "src/content/sink.md": POST}
    root = write(tmp_path, files | {f"content/notion/posts/{number}.md": POST for number in range(9)})
    assert configure(root).posts == ("content/notion/posts",)


def test_translations_that_only_their_names_tell_have_two_addresses(tmp_path):
    text = POST.replace("title: Hello", "title: Hello\nslug: hello")
    files = {"astro.config.mjs": ASTRO, "src/content/blog/hello.md": text, "src/content/blog/hello.ja.md": text}
    posts = load_by_source(write(tmp_path, files)).values()
    assert {path_of(post): post.language for post in posts} == {"/blog/hello/": None, "/ja/blog/hello/": "ja"}


@pytest.mark.parametrize("folders", [("blog_en", "blog_ja"), ("blog/en", "blog/ja"), ("en/blog", "ja/blog")])
def test_translations_whose_headers_have_one_slug_have_two_addresses(tmp_path, folders):
    text = POST.replace("title: Hello", "title: Hello\nslug: hello")
    files = {"astro.config.mjs": ASTRO} | {
        f"src/content/{folder}/{name}.md": text for folder in folders for name in "ab"
    }
    files = {name: text.replace("hello", f"hello-{name[-4]}") for name, text in files.items()}
    posts = load_by_source(write(tmp_path, files)).values()
    assert [post.language for post in posts].count("ja") == 2
    assert len({post.url for post in posts}) == 4
    assert all("/ja/" in (path_of(post) or "") for post in posts if post.language == "ja")


def test_a_list_of_posts_in_a_data_file_tells_their_dates(tmp_path):
    listed = '{"posts": [{"id": "one", "date": "Oct 17, 2025", "title": "x"}, {"id": "two", "date": "June 23, 2021"}]}'
    files = {f"app/(post)/2021/{name}/page.mdx": f"# {name.title()}\n\nwords\n" for name in ("one", "two")}
    root = write(
        tmp_path, files | {"package.json": NEXT, "next.config.js": "export default {}", "app/posts.json": listed}
    )
    assert configure(root).origins["posts.path"] == "app/posts.json"
    posts = load_by_source(root)
    assert {(path_of(post), f"{post.published:%Y-%m-%d}") for post in posts.values()} == {
        ("/2021/one/", "2025-10-17"),
        ("/2021/two/", "2021-06-23"),
    }
