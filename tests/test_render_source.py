import re

from hypothesis import given, strategies as st

from feeds.models import Markup
from feeds.render.inclusions import Inclusions
from feeds.render.siblings import Siblings
from feeds.render.source import rewrite_source
from feeds.render.surroundings import Surroundings
from making import make_post

COMMON = r"\[[!\[]|\[TOC\]|\[toc\]|:::|\{[:#.]|\{ [#.]|\)\{|\\[(\[]|```|~~~|\$[\s\S]*\$"
MODULES = r"|\n(?:import|export) |=\{|<>|</?[A-Z]"
DEFINITIONS = r"|\n {0,3}:[ \t]"
SIGNS = {
    "plain": COMMON + MODULES + DEFINITIONS + r"|\\\n\|",
    "eleventy": COMMON + r"|\{[{%]|\\\n\|",
    "hugo": COMMON + DEFINITIONS + r"|\{[{%]",
    "docusaurus": COMMON + MODULES + r"|[{<]|:[a-z][a-z0-9_+-]+:",
    "mkdocs": COMMON + r"|:[a-z][a-z0-9_+-]+:",
}
BODIES = st.lists(
    st.sampled_from([
        "[", "]", "!", ":", "{", "}", "#", ".", ")", "(", "`", "~", "$", "<", ">", "=", "|", "%", "/", "A", "a", " ",
        "~~", "\\", "\n", "\n: ", "\n   :\t", "toc", "TOC", "\nimport ", "\nexport ", "import ", "word", "é", "::",
        "``",
    ]),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.sampled_from(sorted(SIGNS)), BODIES)
def test_a_body_is_left_as_it_is_if_it_has_no_sign_of_anything_else(tmp_path_factory, generator, body):
    site = Surroundings(
        generator=generator,
        siblings=Siblings({}),
        inclusions=Inclusions(tmp_path_factory.getbasetemp()),
        run_template=lambda text, _: text,
        emoji=generator in {"docusaurus", "mkdocs"},
    )
    post = make_post(body=body, markup=Markup.COMMONMARK)
    source = rewrite_source(body.encode(), post, site, template=None, text=body)
    if "\n```" not in "\n" + body:  # of fences it is known where they end
        assert source.protected == bool(re.search(SIGNS[generator], "\n" + body))
    assert source.protected or (source.text, source.raw) == (body, body.encode())
