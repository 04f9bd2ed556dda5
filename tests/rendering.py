"""A post rendered for a test that cares about its body and its generator alone."""

from feeds.config import Findings
from feeds.models import Markup
from feeds.render import Renderer
from making import make_config, make_post

SITE = {"url": "https://blog.example/", "title": "Blog"}


def make_renderer(root, *, generator="plain", posts=(), text="", options=None):
    findings = Findings(convention=generator, site=SITE, options=options or {})
    return Renderer(make_config(root, text, findings=findings), posts)


def render_post(
    root, body, *, generator="plain", posts=(), text="", options=None, entry_id="https://blog.example/one/", **post
):
    """What the renderer makes of a post called `one` at https://blog.example/one/."""
    made = make_post(body=body, **({"markup": Markup.COMMONMARK} | post))
    renderer = make_renderer(root, generator=generator, posts=[made, *posts], text=text, options=options)
    rendered = renderer.render(made, id=entry_id)
    assert rendered.content == rendered.entry.content.encode()
    return rendered


def render(root, body, **more):
    """The content alone."""
    return render_post(root, body, **more).entry.content
