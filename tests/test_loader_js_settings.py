"""Settings in JavaScript: the data in them is read, the program around it skipped."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from feeds.errors import ConfigError
from feeds.loader.js_settings import read_js_settings, read_js_values

DOCUSAURUS = r"""// @ts-check
import {themes as prismThemes} from 'prism-react-renderer';
const year = new Date().getFullYear();
/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'My Site', tagline: "It\u2019s fine", url: 'https://example.org', baseUrl: '/',
  i18n: {defaultLocale: 'en', locales: ['en', 'de'],},
  presets: [['classic', /** @type {x} */ ({
    docs: false,
    blog: {path: 'news', routeBasePath: '/', editUrl: ({a}) => `https://${a}/x`, feedOptions: {type: ['rss']}},
    theme: {customCss: require.resolve('./x.css')},
  })]],
  onBrokenLinks() { return {title: 'no'}; },
  pattern: /foo[/]"'{/g,
  themeConfig: {prism: prismThemes.github, n: -1.5, y: a ? 1 : 2, copyright: `© ${year}`, z: true},
};
export default config;
"""


def read(tmp_path, text):
    path = tmp_path / "site.config.js"
    path.write_text(text, "utf-8")
    return read_js_settings(path)


def test_a_docusaurus_configuration_is_read_around_its_program(tmp_path):
    assert read(tmp_path, DOCUSAURUS) == {
        "title": "My Site",
        "tagline": "It’s fine",
        "url": "https://example.org",
        "baseUrl": "/",
        "i18n": {"defaultLocale": "en", "locales": ["en", "de"]},
        "presets": [
            [
                "classic",
                {
                    "docs": False,
                    "blog": {"path": "news", "routeBasePath": "/", "feedOptions": {"type": ["rss"]}},
                    "theme": {"customCss": "./x.css"},
                },
            ]
        ],
        "themeConfig": {"n": -1.5, "z": True},
    }


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("export default {site: 'x'}", {"site": "x"}),
        (
            "module.exports = {\n  siteMetadata: {title: `X`, siteUrl: `https://x`},\n}",
            {"siteMetadata": {"title": "X", "siteUrl": "https://x"}},
        ),
        (
            "const S = 'https://x'\nexport default defineConfig({ site: S, base: `${S}/b` });",
            {"site": "https://x", "base": "https://x/b"},
        ),
        ("const c: Config = {a: 1} satisfies Config\nexport default c", {"a": 1}),
        (
            "export default {url: process.env.URL ?? 'https://x', b: 'a' + 'b'}",
            {"url": "https://x", "b": "ab"},
        ),
        ("const base = {a: 1}\nmodule.exports = {...base, ...other, b: 2}", {"a": 1, "b": 2}),
        (
            (
                "module.exports = function (c) {\n"
                "  c.addFilter('x', d => { return d / 2; });\n"
                "  return {dir: {input: 'src'}};\n"
                "};"
            ),
            {"dir": {"input": "src"}},
        ),
        ("export default async function createConfig() {\n  return {title: 'X'};\n}", {"title": "X"}),
        (
            (
                "export default async function f() {\n return {\n plugins: [[require.resolve('a'), {b: 1}], () => {\n"
                "      return {name: 'x'};\n    }],\n  } satisfies Config;\n}"
            ),
            {"plugins": [["a", {"b": 1}]]},
        ),
        ("module.exports = withMDX({pageExtensions: ['mdx']})", {"pageExtensions": ["mdx"]}),
        (
            "export default {'a-b': 1, [c]: 2, get d() { return 1 }, async e() {}, 3: 4, f: 0x10, g: 1_000}",
            {"a-b": 1, "3": 4, "f": 16, "g": 1000},
        ),
        (r"export default {a: '\u{1F600}\uD83D\uDE00\x41\n'}", {"a": "😀😀A\n"}),
        ("console.log('hello')", {}),
        ("export default {", {}),
        ("", {}),
    ],
)
def test_every_way_of_exporting_is_known(tmp_path, text, settings):
    assert read(tmp_path, text) == settings


def test_constants_of_mdx_are_read_without_its_prose():
    text = (
        "import X from 'y'\n"
        "\n"
        "export const metadata = {\n"
        '  title: "It\'s",\n'
        "  date: new Date('2024-01-02'),\n"
        "}\n"
        "\n"
        "It's `prose {`.\n"
    )
    assert read_js_values(text) == {"metadata": {"title": "It's", "date": "2024-01-02"}}


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_js_settings(tmp_path / "none.js")


@given(
    st.lists(
        st.sampled_from(
            [
                "const a = ",
                "export default ",
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "a:",
                ",",
                "'x'",
                "`",
                "${",
                "=>",
                "/",
                "+",
                "...",
                "\n",
                "return ",
                "'",
            ]
        )
    ).map("".join)
)
def test_any_text_is_read_to_its_end(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("js") / "a.js"
    path.write_text(text)
    assert isinstance(read_js_settings(path), dict)


def test_a_name_may_have_the_letters_of_any_script():
    # ECMA-262 section 12.7: an identifier starts with a letter of any script, `$` or `_`.
    values = read_js_values("const a = {größe: 1, 名前: 'x', $b: 2, _c: 3}\nconst d = größe.x\n")
    assert values["a"] == {"größe": 1, "名前": "x", "$b": 2, "_c": 3}
