"""Tags that somebody wrote in a sentence, such as `List<int>` or `<title>`, and that would take the text with them.

One that looks like MathML or SVG is an unknown element to a browser, which shows what is behind it. The cleaner's
library (ammonia, through nh3 0.3.8) takes it for an attack outside of a formula or a drawing, and drops it with all
that follows in its block. One that holds no markup takes the rest of the post where nothing closes it; GitHub shows
it as text (https://github.github.com/gfm/#disallowed-raw-html-extension-).
"""

from __future__ import annotations

import html
import re

# What of MathML 2 to Core and SVG 1.1 and 2 is lost so.
_NAMES = frozenset(
    """
    abs and animate annotation annotation-xml apply approx arccos arccosh arccot arccoth arccsc arccsch arcsec
    arcsech arcsin arcsinh arctan arctanh arg bind bvar card cartesianproduct cbytes ceiling cerror ci circle cn
    codomain complexes compose condition conjugate cos cosh cot coth cs csc csch csymbol curl declare defs degree
    desc determinant diff discard divergence divide domain domainofapplication ellipse emptyset eq equivalent
    eulergamma exists exp exponentiale factorial factorof false filter floor fn forall g gcd geq grad gt ident
    imaginary imaginaryi implies in infinity int integers intersect interval inverse lambda laplacian lcm leq
    limit line list ln log logbase lowlimit lt maction maligngroup malignmark marker mask matrix matrixrow max
    mean median menclose merror metadata mfenced mfrac mglyph mi min minus mlabeledtr mlongdiv mmultiscripts mn mo
    mode moment momentabout mover mpadded mpath mphantom mprescripts mroot mrow ms mscarries mscarry msgroup
    msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    naturalnumbers neq none not notanumber notin notprsubset notsubset or otherwise outerproduct partialdiff path
    pattern pi piece piecewise plus polygon polyline power primes product prsubset quotient rationals real reals
    rect reln rem root scalarproduct sdev sec sech selector semantics sep set setdiff share sin sinh stop subset
    sum switch symbol tan tanh tendsto text times transpose true tspan union uplimit use variance vector
    vectorproduct view xor
    """.split()  # noqa: SIM905 - two hundred names are read better without their quotes
)
_SWALLOWS = frozenset({"noembed", "noframes", "plaintext", "script", "style", "template", "textarea", "title", "xmp"})
_ODD = _NAMES | _SWALLOWS
_OPENED = re.compile(r"<([A-Za-z][A-Za-z-]*)")
_TAG = re.compile(
    r"<(?P<whole>svg|math)\b.*?</(?P=whole)\s*>|</?(?P<name>[A-Za-z][A-Za-z-]*)(?:\s[^<>]*)?/?>",
    re.DOTALL | re.IGNORECASE,
)


def holds_odd_tags(source: str) -> bool:
    """Whether a post's source, whose code is out of reach, may hold such tags. Far cheaper than to look at its HTML."""
    return "<" in source and not _ODD.isdisjoint(name.lower() for name in _OPENED.findall(source))


def drop_odd_tags(markup: str) -> str:
    """HTML without such tags outside of formulas and drawings, those that are text as text.

    The cleaner is yet to see what comes back.
    """
    return _TAG.sub(_settle, markup)


def _settle(found: re.Match[str]) -> str:
    name = (found["name"] or "").lower()
    if name in _NAMES:
        return ""
    if name not in _SWALLOWS or found[0].startswith("</"):
        return found[0]
    if re.search(rf"</{name}\b", found.string[found.end() :], re.IGNORECASE):
        return found[0]
    return "" if "=" in found[0] else html.escape(found[0])
