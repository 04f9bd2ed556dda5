import pytest

from rendering import render as render_content, render_post

SHORTCODES = "layouts/shortcodes"


def render(root, body, **more):
    return render_content(root, body, **more).strip()


def define(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize(
    ("definition", "call", "shown"),
    [
        (
            "<ul><li><a href='/1/'>First part</a></li></ul>",
            "{{< own >}}",
            '<a href="https://blog.example/1/">First part</a>',
        ),
        (
            '<iframe src=\'//codepen.io/mid/embed/{{ .Get "id" }}/?h={{ .Get "height" }}\'></iframe>',
            '{{< own id="abc" height="5" >}}',
            'href="https://codepen.io/mid/pen/abc/?h=5"',
        ),
        (
            (
                '{{- $p := "https://e.example/" -}}{{- if hugo.IsServer }}{{ $p = "http://localhost/" }}{{ end -}}'
                '{{- $s := .Get 0 | default "none" }}{{ $s = printf "%s%s" $p $s }}<iframe src="{{ $s }}"></iframe>'
            ),
            '{{< own "demo" >}}',
            'href="https://e.example/demo"',
        ),
        (
            "{{ with .Get 1 }}<p>{{ . | markdownify }}</p>{{ else }}<p>nothing</p>{{ end }}",
            '{{< own a "Mind *this*" >}}',
            "<p>Mind <em>this</em></p>",
        ),
        ("{{ with .Get 1 }}<p>{{ . }}</p>{{ else }}<p>nothing</p>{{ end }}", "{{< own a >}}", "<p>nothing</p>"),
        (
            '{{ if eq (.Get "kind") "a" }}<p>one</p>{{ else if (not (.Get "x")) }}<p>two</p>{{ end }}',
            "{{< own kind=b >}}",
            "<p>two</p>",
        ),
        ("<p>{{ .Page.Title }} of {{ site.Params.team }}</p>", "{{< own >}}", "<p>One of Us</p>"),
        ("{{/* what it is for */}}Made by *us*", "{{% own %}}", "Made by <em>us</em>"),
        ("<p>{{ .Get 0 }}</p>", '{{< own "a <b> & c" >}}', "<p>a &lt;b&gt; &amp; c</p>"),
    ],
)
def test_a_hugo_shortcode_shows_what_its_definition_in_the_site_says(tmp_path, definition, call, shown):
    define(tmp_path, f"{SHORTCODES}/own.html", definition)
    options = {"params": {"team": "Us"}}
    result = render_post(tmp_path, f"{call}\n", generator="hugo", title="One", options=options)
    assert shown in result.entry.content
    assert not result.problems


@pytest.mark.parametrize("folder", ["layouts/_shortcodes", f"themes/paper/{SHORTCODES}"])
def test_the_definition_may_be_the_themes(tmp_path, folder):
    define(tmp_path, f"{folder}/blog/badge.html", "<p>Told here first</p>")
    assert render(tmp_path, "{{< blog/badge >}}", generator="hugo") == "<p>Told here first</p>"


@pytest.mark.parametrize(
    "definition",
    [
        "{{ range .Page.Pages }}{{ .Title }}{{ end }}",
        "{{ if .Get 0 }}never closed",
        "{{ end }}",
        "{{ partial `x` . }}",
        "{{ .Page.Resources.GetMatch (.Get 0) }}",
        "{{ ( }}",
        "{{ os.Getenv `HOME` }}",
        "{{ readFile `/etc/passwd` }}",
        "<script>draw()</script>",
        "{{ with .Get 0 }}" * 500,
        "{{ " + "(" * 9000 + " }}",
        "{{ $x := .Get 0 }}" + '{{ $x = replace $x "x" "xxxxxxxxxx" }}' * 30 + "{{ $x }}",
        '{{ printf "%s%s" 1 }}{{ trim 5 "x" }}',
    ],
)
def test_a_definition_that_cannot_be_read_leaves_the_guess_and_the_note(tmp_path, definition):
    define(tmp_path, f"{SHORTCODES}/own.html", definition)
    result = render_post(tmp_path, "a {{< own x >}} b", generator="hugo")
    assert result.entry.content.strip() == "<p>a  b</p>"
    assert [problem.message for problem in result.problems] == ["shortcode `own` has no counterpart in a feed"]
    shown = render(tmp_path, '{{< own title="What it says" >}}', generator="hugo")
    assert shown == "<p>What it says</p>"


def test_a_definition_outside_of_the_site_is_never_read(tmp_path):
    define(tmp_path, "secret.html", "<p>secret</p>")
    define(tmp_path, "site/posts/x.md", "")
    assert "secret" not in render(tmp_path / "site", "{{< a/../../../../secret >}}", generator="hugo")


def test_what_a_definition_holds_is_cleaned_like_a_post(tmp_path):
    define(
        tmp_path, f"{SHORTCODES}/own.html", "<p onclick='x()'>Hi<script>x()</script> <a href='javascript:x()'>b</a></p>"
    )
    assert render(tmp_path, "{{< own >}}", generator="hugo") == "<p>Hi <a>b</a></p>"


def test_an_entry_depends_on_the_definition_that_it_shows(tmp_path):
    define(tmp_path, f"{SHORTCODES}/own.html", "<p>One</p>")
    assert f"{SHORTCODES}/own.html" in render_post(tmp_path, "{{< own >}}", generator="hugo").files


def test_a_zola_shortcode_shows_what_its_definition_in_the_site_says(tmp_path):
    define(
        tmp_path,
        "templates/shortcodes/pair.html",
        "{# a question #}<h4>{{ q | markdown(inline=true) | safe }}</h4>{% if a %}<p>{{ a }}</p>{% else %}-{% endif %}",
    )
    source = '{{ pair(q = "Why?", a = "So it is") }}'
    assert render(tmp_path, source, generator="zola") == "<h4>Why?</h4>\n<p>So it is</p>".replace("\n", "")


@pytest.mark.parametrize("name", ["note.njk", "note.html", "note.liquid"])
def test_eleventys_include_is_more_of_the_post(tmp_path, name):
    define(
        tmp_path,
        f"src/_includes/{name}",
        "{% if page.url != '/two/' %}\n## Part of {{ title }}\n\n- [the *list*](/list/)\n{% endif %}",
    )
    options = {"includes": ("src/_includes",)}
    result = render_post(
        tmp_path, f'Text\n\n{{% include "{name}" %}}\n\nEnd', generator="eleventy", title="One", options=options
    )
    assert "<h2>Part of One</h2>" in result.entry.content
    assert '<a href="https://blog.example/list/">the <em>list</em></a>' in result.entry.content
    assert not result.problems


@pytest.mark.parametrize(
    "included",
    [
        "<h2>Talks</h2>{% for talk in collections.talks %}<p>{{ talk }}</p>{% endfor %}",
        "{% for a in (1..99999) %}{% for b in (1..99999) %}x{% endfor %}{% endfor %}",
        "{% include 'it.html' %}",
        "{% unclosed",
    ],
)
def test_an_include_that_only_the_generator_can_run_is_left_out_and_noted(tmp_path, included):
    define(tmp_path, "_includes/it.html", included)
    options = {"includes": ("_includes",)}
    result = render_post(tmp_path, 'A\n\n{% include "it.html" %}', generator="eleventy", options=options)
    assert result.entry.content.strip() == "<p>A</p>"
    assert [problem.message for problem in result.problems] == ["shortcode `include` has no counterpart in a feed"]


@pytest.mark.parametrize(
    ("definition", "shown"),
    [
        (
            '{{ highlight (trim .Inner "\\n") (.Get 0) "" }}',
            '<pre><code class="language-rust">fn *a*() {}\n\n// b</code></pre>',
        ),
        (
            "{{ $c := findRE `x` .Inner }}{{ highlight $c (.Get 0) }}",
            '<pre><code class="language-rust">fn *a*() {}\n\n// b\n</code></pre>',
        ),
        ("<pre>{{ .Inner | safeHTML }}</pre>", '<pre><code class="language-rust">fn *a*() {}\n\n// b\n</code></pre>'),
    ],
)
def test_what_a_site_defines_as_code_is_code_to_the_letter(tmp_path, definition, shown):
    define(tmp_path, f"{SHORTCODES}/high.html", definition)
    body = "- a\n\n{{< high rust >}}\nfn *a*() {}\n\n// b\n{{< /high >}}\n"
    assert shown in render(tmp_path, body, generator="hugo")


@pytest.mark.parametrize(
    ("settings", "module"),
    [
        ("module.exports = (c) => { c.addShortcode('note', () => `<p>Mind <b>it</b></p>`); };", ""),
        (
            "c.addShortcode(\n 'note',\n require('./src/note.js'));",
            "module.exports = () => { return `<p>Mind <b>it</b></p>`",
        ),
        (
            "import note from './src/note.js';\nexport default (c) => { c.addNunjucksShortcode('note', note) }",
            "export default () => `<p>Mind <b>it</b></p>`",
        ),
    ],
)
def test_a_text_that_a_function_of_eleventys_returns_is_shown(tmp_path, settings, module):
    define(tmp_path, ".eleventy.js", settings)
    define(tmp_path, "src/note.js", module)
    assert render(tmp_path, "{% note %}", generator="eleventy") == "<p>Mind <b>it</b></p>"


@pytest.mark.parametrize(
    "settings",
    [
        "c.addShortcode('note', (x) => `<p>${x}</p>`)",
        "c.addShortcode('note', make); c.addShortcode('other', () => `<p>other</p>`)",
        "c.addShortcode('note', require('../../secret.js'))",
    ],
)
def test_a_function_that_would_have_to_run_is_not_read(tmp_path, settings):
    define(tmp_path, "secret.js", "`<p>secret</p>`")
    define(tmp_path, "site/.eleventy.js", settings)
    result = render_post(tmp_path / "site", "a {% note 1 %} b", generator="eleventy")
    assert result.entry.content == "<p>a  b</p>\n"
    assert [problem.message for problem in result.problems] == ["shortcode `note` has no counterpart in a feed"]


def test_an_argument_that_names_a_data_file_shows_what_the_file_says(tmp_path):
    said = '{"data": {"url": "https://e.example/x", "title": "X", "description": "What it is"}}'
    define(tmp_path, "src/_data/previews/e.example.x-1.json", said)
    define(tmp_path, "src/_data/broken.json", "{")
    options = {"includes": ("src/_includes", "src")}
    shown = render(tmp_path, "{% preview 'e.example.x-1' %}", generator="eleventy", options=options)
    assert shown == '<p><a href="https://e.example/x">X</a>: What it is</p>'
    assert render(tmp_path, "a {% preview 'broken' %}", generator="eleventy", options=options) == "<p>a</p>"


def test_an_include_outside_of_the_site_is_never_read(tmp_path):
    define(tmp_path, "secret.html", "<p>secret</p>")
    define(tmp_path, "site/_includes/x.html", "")
    options = {"includes": ("_includes", "")}
    for name in ("../secret.html", "../../secret.html", f"{tmp_path}/secret.html"):
        body = f'{{% include "{name}" %}}'
        assert "secret</p>" not in render(tmp_path / "site", body, generator="eleventy", options=options)
