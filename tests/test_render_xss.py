"""What others have tried on sanitizers: nothing of it may run, wherever in a post it stands."""

import html
import re
from html.parser import HTMLParser

import pytest

from feeds.models import Image, Markup, Person
from feeds.render import Renderer, highlight_code
from making import make_config, make_post

MARKDOWN = r"""
[a](javascript:alert(1))
[a](JaVaScRiPt:alert(1))
[a](javascript&colon;alert(1))
[a](javascript&#58;alert(1))
[a](javascript&#x3A;alert(1))
[a](java%0ascript:alert(1))
[a](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))
[a](<java script:alert(1)>)
[a](<javascript:alert('x y')>)
[a](vbscript:msgbox(1))
[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[a](data:text/html,<script>alert(1)</script>)
[a](javascript://example.org/%0aalert(1))
[a](  javascript:alert(1)  )
[a]('javascript:alert(1)')
[a](blob:https://example.org/1)
[a](filesystem:https://example.org/x)
[a](view-source:javascript:alert(1))
[a](jar:https://example.org/x.jar!/)
[a](livescript:alert(1))
![a](javascript:alert(1))
![a](data:image/svg+xml,<svg onload=alert(1)>)
![a](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)
![a](https://example.org/x.png"onerror="alert(1))
![a](x.png "onerror=alert(1)")
![a](x.png 'x" onerror="alert(1)')
![a" onerror="alert(1)](x.png)
[a" onmouseover="alert(1)](x)
[a](x "y\" onmouseover=\"alert(1)")
<javascript:alert(1)>
<https://example.org/"onmouseover="alert(1)>
https://example.org/"onmouseover="alert(1)
[a]: javascript:alert(1)
[x][a] [a]: javascript:alert(1)
[^1] [^1]: <img src=x onerror=alert(1)>
`</code><script>alert(1)</script>`
**<script>alert(1)</script>**
# <script>alert(1)</script>
| <script>alert(1)</script> |
- <img src=x onerror=alert(1)>
> <svg onload=alert(1)>
[[javascript:alert(1)|a]]
![[x.png" onerror="alert(1)]]
:::note <script>alert(1)</script>
!!! note "<script>alert(1)</script>"
{{< youtube "\"><script>alert(1)</script>" >}}
{{< figure src="javascript:alert(1)" link="javascript:alert(1)" caption="<img src=x onerror=alert(1)>" >}}
{{< figure src="x\" onerror=\"alert(1)" alt="\" onload=\"alert(1)" >}}
{{< button href="javascript:alert(1)" >}}a{{< /button >}}
{{< kbd >}}<script>alert(1)</script>{{< /kbd >}}
{{< video src="javascript:alert(1)" poster="javascript:alert(1)" >}}
{{< gist "\"onmouseover=alert(1)" x >}}
$$ <script>alert(1)</script> $$
$x<img src=x onerror=alert(1)>_1$
<Image src="javascript:alert(1)" alt="x" onload={alert(1)} />
<YouTube id='"><script>alert(1)</script>' />
"""

HTML = r"""
<script>alert(1)</script>
<SCRIPT SRC=https://evil.example/xss.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script>
<script	>alert(1)</script	>
<<script>alert(1);//<</script>
<script>alert(1)
<img src=x onerror=alert(1)>
<img src=x onerror=alert(1)//
<img src="x" OnErRoR = "alert(1)">
<img/src=x/onerror=alert(1)>
<img src=`x`onerror=alert(1)>
<img ""><script>alert(1)</script>">
<img src=javascript:alert(1)>
<img src="jav	ascript:alert(1)">
<img src="jav&#x09;ascript:alert(1)">
<img src="jav&#x0A;ascript:alert(1)">
<img src=" &#14;  javascript:alert(1)">
<img src=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>
<img srcset="javascript:alert(1) 1x, x 2x">
<img src=x srcset="data:text/html,x 1x">
<img dynsrc="javascript:alert(1)" lowsrc="javascript:alert(1)">
<img style="background:url(javascript:alert(1))" src=x>
<img data-src="javascript:alert(1)" class=lazy>
<picture><source srcset="javascript:alert(1)"><img></picture>
<a href="javascript:alert(1)">a</a>
<a href="javascript&Tab;:alert(1)">a</a>
<a href="&#1;javascript:alert(1)">a</a>
<a href="java&NewLine;script:alert(1)">a</a>
<a href=x onclick=alert(1)>a</a>
<a href="x" style="position:fixed;inset:0">a</a>
<a href='data:text/html,<script>alert(1)</script>'>a</a>
<a xlink:href="javascript:alert(1)">a</a>
<a ping="https://evil.example" href=x target=_blank>a</a>
<area href="javascript:alert(1)">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x></svg>
<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>
<svg/onload=alert(1)//
<svg aria-label='"><script>alert(1)</script>' width=500><text>x</text></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math href="javascript:alert(1)">a</math>
<math><maction actiontype="statusline#https://evil.example" xlink:href="javascript:alert(1)">a</maction></math>
<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe src="data:text/html,<script>alert(1)</script>"></iframe>
<iframe src="x" title='"><script>alert(1)</script>'></iframe>
<iframe onload=alert(1) src=https://example.org></iframe>
<object data="javascript:alert(1)"></object>
<object type="text/x-scriptlet" data="https://evil.example"></object>
<object><param name=src value=javascript:alert(1)></object>
<embed src="javascript:alert(1)">
<applet code=x></applet>
<video src=x onerror=alert(1)></video>
<video poster=javascript:alert(1) src=javascript:alert(1)></video>
<video><source onerror="alert(1)" src=x></video>
<audio src=x onerror=alert(1)></audio>
<style>@import 'https://evil.example/x.css';</style>
<style>body{background:url("javascript:alert(1)")}</style>
<link rel=stylesheet href=javascript:alert(1)>
<link rel=import href=https://evil.example>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<base href="javascript:alert(1)//">
<body onload=alert(1)>
<body background="javascript:alert(1)">
<html onmouseover=alert(1)>
<div style="width:expression(alert(1))">a</div>
<div style="behavior:url(x.htc)">a</div>
<div onpointerenter=alert(1)>a</div>
<div contenteditable onfocus=alert(1) autofocus tabindex=1>a</div>
<p onbeforematch=alert(1) hidden=until-found>a</p>
<table background="javascript:alert(1)"><td background="javascript:alert(1)">a</td></table>
<form action="javascript:alert(1)"><button>a</button></form>
<form><button formaction=javascript:alert(1)>a</button></form>
<button form=x formaction=javascript:alert(1)>a</button>
<input type=image src=x onerror=alert(1)>
<input autofocus onfocus=alert(1)>
<select onfocus=alert(1) autofocus><option>a</option></select>
<textarea onfocus=alert(1) autofocus>a</textarea>
<keygen autofocus onfocus=alert(1)>
<details open ontoggle=alert(1)><summary>a</summary></details>
<marquee onstart=alert(1)>a</marquee>
<isindex type=image src=1 onerror=alert(1)>
<bgsound src="javascript:alert(1)">
<layer src="javascript:alert(1)"></layer>
<xml src="javascript:alert(1)"></xml>
<frameset><frame src="javascript:alert(1)"></frameset>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<title><img title="</title><img src=x onerror=alert(1)>"></title>
<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>
<plaintext><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!--[if gte IE 4]><script>alert(1)</script><![endif]-->
<![CDATA[<script>alert(1)</script>]]>
<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>
<x onclick=alert(1)>a</x>
<custom-element onclick=alert(1) style=x>a</custom-element>
<pre><code class='language-x" onmouseover="alert(1)'>a</code></pre>
<pre lang='x" onmouseover="alert(1)'>a</pre>
<code class="language-<script>">a</code>
<td class="gutter"><script>alert(1)</script></td>
<h2 id="x"><a class="anchor" href="javascript:alert(1)">a</a></h2>
<a href="#x" id='fn:1"onclick="alert(1)'>a</a>
<p id="getElementById">a</p>
<img name=body src=x>
<a href="&#x2000;javascript:alert(1)">a</a>
<a href="//evil.example\@example.org">a</a>
<q cite="javascript:alert(1)">a</q>
<blockquote cite="javascript:alert(1)">a</blockquote>
<ins cite="javascript:alert(1)">a</ins>
<p>a<table><script>alert(1)</script><tr><td>b
<s<p>cript>alert(1)</s<p>cript>
<img src="x` `<script>alert(1)</script>"` `>
<a href=" javascript:alert(1)">a</a>
<a href="javascript:/*--></title></style></textarea></xmp><svg/onload='+/"/+/onmouseover=1/+/[*/[]/+alert(1)//'>">a</a>
"""

VECTORS = [line for text in (MARKDOWN, HTML) for line in text.strip("\n").split("\n")]
ALLOWED = {"http", "https", "mailto", "tel", "ftp"}


class _Watch(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "svg",
            "math",
            "link",
            "meta",
            "base",
            "template",
        }:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {
                "style",
                "srcset",
                "srcdoc",
                "action",
                "formaction",
                "background",
                "ping",
            }:
                self.found.append(name)
            if name in {"href", "src", "cite", "poster", "data"}:
                scheme = re.match(r"[\x00-\x20]*([^/?#]*?):", value or "")
                if not (scheme and scheme[1].lower() in ALLOWED):
                    self.found.append(f"{name}={value}")
            if name == "id" and not value.startswith("fn"):
                self.found.append(f"id={value}")


def find_active(text):
    watch = _Watch()
    watch.feed(text)
    watch.close()
    return watch.found


def test_there_are_enough_vectors():
    assert len(set(VECTORS)) >= 150


@pytest.mark.parametrize("generator", ["plain", "hugo", "jekyll", "docusaurus"])
@pytest.mark.parametrize("markup", [Markup.COMMONMARK, Markup.MARKDOWN, Markup.MDX, Markup.HTML])
def test_nothing_in_a_body_runs(tmp_path, generator, markup):
    config = make_config(tmp_path, findings=_findings(generator))
    renderer = Renderer(config, [])
    for vector in VECTORS:
        for body in (vector, f"Before {vector} after", f"<div>{vector}</div>", f"- x\n\n  {vector}\n"):
            entry = renderer.render(make_post(body=body, markup=markup), id="x").entry
            assert not find_active(entry.content), (body, entry.content)
            assert not find_active(highlight_code(entry.content)), body


def test_nothing_in_front_matter_runs(tmp_path):
    renderer = Renderer(make_config(tmp_path), [])
    for vector in VECTORS:
        post = make_post(title=vector, summary=vector, tags=(vector,), image=Image(url=vector, alt=vector))
        post_by = make_post(authors=(), body="x", extra={"x": vector})
        entry = renderer.render(post, id="x").entry
        # Plain text is escaped where it is shown; what is left of markup in it is only letters.
        assert not find_active(html.escape(entry.summary)), vector
        assert entry.image is None or entry.image.url.startswith(("https://", "http://")), vector
        assert not find_active(renderer.render(post_by, id="x").entry.content)


def test_an_authors_name_is_plain_text(tmp_path):
    post = make_post(authors=("<script>alert(1)</script>\u202e\x07",))
    entry = Renderer(make_config(tmp_path), []).render(post, id="x").entry
    assert entry.authors == (Person(name="<script>alert(1)</script>"),)


def _findings(generator):
    from feeds.config import Findings

    return Findings(convention=generator, site={"url": "https://blog.example/", "title": "Blog"})


@pytest.mark.parametrize(
    "body",
    [
        "`<button onClick=\"sayHello()\">` and `a onload='x'`",
        "```html\n<b onclick='go(\"now\")' id=one>\n```",
        'In text: x onerror = "y" z',
    ],
)
def test_a_handler_that_is_only_shown_reads_the_same_and_looks_like_none(tmp_path, body):
    post = make_post("one", body=body, markup=Markup.COMMONMARK)
    content = Renderer(make_config(tmp_path), [post]).render(post, id="one").entry.content
    assert not re.search(r"""\son\w+\s*=\s*["']""", content, re.IGNORECASE)
    words = " ".join(body.strip("`").removeprefix("html").replace("`", "").split())
    assert " ".join(html.unescape(re.sub(r"<[^>]*>", "", content)).split()) == words


@pytest.mark.parametrize("title", ["number one=", "a onclick='b'", "a ONLOAD = 'b'"])
def test_an_attribute_that_shows_a_handler_reads_the_same_and_looks_like_none(tmp_path, title):
    post = make_post("one", body=f'<a href="/x" title="{title}">`a onclick="b"`</a>', markup=Markup.COMMONMARK)
    content = Renderer(make_config(tmp_path), [post]).render(post, id="one").entry.content
    assert not re.search(r"""\son\w+\s*=\s*["']""", content, re.IGNORECASE)
    assert html.unescape(re.search('title="([^"]*)"', content)[1]) == title
