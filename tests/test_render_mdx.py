import pytest

from feeds.models import Markup
from rendering import render

MDX = {"markup": Markup.MDX, "generator": "docusaurus"}


def test_modules_and_expressions_go_and_text_stays(tmp_path):
    body = (
        'import Link from "@docusaurus/Link";\nimport {\n  a,\n  b,\n} from "./x";\n'
        "export const table = {\n  a: [1],\n\n  b: 2,\n};\n\n"
        'Hello {props.name}{" "}{"world"} {/* nobody */}{list.map((x) => { return x; })}.\n\n'
        "export const meaning is text here"
    )
    html = render(tmp_path, body, **MDX)
    assert html.startswith("<p>Hello  world .</p>")
    for gone in ("import", "table", "nobody", "return", "{"):
        assert gone not in html


def test_components_go_and_what_they_enclose_stays(tmp_path):
    html = render(
        tmp_path,
        '<Tabs>\n<TabItem label="A" onClick={() => a > 1}>\n\ntext **b**\n\n</TabItem>\n</Tabs>\n\n<F.B/> <>frag</>',
        **MDX,
    )
    assert "<strong>A</strong>" in html
    assert "text <strong>b</strong>" in html
    assert "frag" in html
    assert "&gt;" not in html


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ('<Image src="/a.png" alt="A" {...rest} />', '<img src="https://blog.example/a.png" alt="A">'),
        ("<Image src={'/a.png'} alt={`B`} />", '<img src="https://blog.example/a.png" alt="B">'),
        ('<YouTube id="dQw4w9WgXcQ" />', 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'),
        ('<Callout type="warning" title="T">in *x*</Callout>', "<strong>T</strong>"),
        ('<Callout type="warning">in *x*</Callout>', "<strong>Warning</strong>"),
        ('<div style={{color: "red"}} className="x">hi</div>', "<div>hi</div>"),
        ('<iframe\n  style={{ width: "100%" }}\n  src="https://x.example/e"\n/>\n\nafter', "after"),
    ],
)
def test_a_component_that_shows_something_shows_it(tmp_path, component, expected):
    assert expected in render(tmp_path, component, **MDX)


def test_an_address_in_brackets_is_no_element(tmp_path):
    html = render(
        tmp_path, "[A](<https://a.example/b_(c)#d>), [B](<b c.png>), <https://e.example/>, <me@e.example>", **MDX
    )
    for address in ("https://a.example/b_(c)#d", "https://blog.example/one/b%20c.png", "https://e.example/"):
        assert f'href="{address}"' in html
    assert 'href="mailto:me@e.example"' in html


def test_code_is_not_javascript(tmp_path):
    html = render(tmp_path, '```jsx\nimport a from "b";\n<Foo x={1}>{y}</Foo>\n```\n\n`<Bar />{z}`', **MDX)
    assert 'import a from "b";\n&lt;Foo x={1}&gt;{y}&lt;/Foo&gt;\n' in html
    assert "<code>&lt;Bar /&gt;{z}</code>" in html


def test_braces_are_text_where_markdown_is_no_javascript(tmp_path):
    assert "a {b} c" in render(tmp_path, "a {b} c <Foo />", generator="nextjs")


def test_the_truncate_marker_of_mdx_ends_the_summary(tmp_path):
    from rendering import render_post

    entry = render_post(tmp_path, "Above. More above.\n\nStill.\n\n{/* truncate */}\n\nBelow.", **MDX).entry
    assert entry.summary == "Above. More above. Still."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<details>\n<summary>**Case**</summary>\nin *x*\n</details>", "<summary><strong>Case</strong></summary>"),
        ('<div className="a">\n    deep *x*\n\n    - item\n</div>', "<em>x</em>"),
        ('<div className="a">\n    deep *x*\n\n    - item\n</div>', "<ul>\n<li>item"),
        ("<figure>\n  <figcaption>\n    [l](/x)\n  </figcaption>\n</figure>", '<a href="https://blog.example/x">l</a>'),
        (
            "<Tabs>\n  <TabItem value='y'>\n    ```js\n    a *b*\n      c\n    ```\n  </TabItem>\n</Tabs>",
            "a *b*\n  c\n",
        ),
    ],
)
def test_what_an_element_encloses_is_markdown_however_deep(tmp_path, source, expected):
    html = render(tmp_path, f"before\n\n{source}\n\nafter", **MDX)
    assert expected in html
    assert "<p>after</p>" in html
    assert "<p></p>" not in html
