"""Call-outs, whatever they are written as: a block quote that begins with their title."""

from __future__ import annotations

import re

# The words that generators print on a call-out whose author gave it no title.
LABELS = frozenset({
    "abstract", "alert", "attention", "bug", "caution", "check", "danger", "error", "example", "failure", "faq",
    "help", "hint", "important", "info", "note", "notice", "question", "quote", "success", "summary", "tip", "tldr",
    "todo", "warn", "warning",
})  # fmt: skip
_OWN_TITLE = re.compile(r"\s*(?:\*\*|__)([^*_\n]+?)(?:\*\*|__)")
# markdown-it's and Docusaurus' `:::name Title`, and pandoc's `::: {.class key="value"}`.
_CONTAINER = re.compile(
    r"^(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*"
    r"(?:(?P<name>[A-Za-z][\w-]*)|(?P<braces>\{[^{}\n]*\})[ \t:]*$)?(?P<rest>[^\n]*)$"
)
_CLASS = re.compile(r"\.(?:callout-)?([\w-]+)")
_QUOTED_TITLE = re.compile(r"""\btitle=(?:"([^"]*)"|'([^']*)')""")
_ALERT = re.compile(r"^(?P<quote>[ \t]*(?:>[ \t]*)+)\[!(?P<name>\w+)\][+-]?[ \t]*(?P<title>[^\n]*)$", re.MULTILINE)
_TITLE = re.compile(r"^\s*(?:\[(?P<bracketed>.*)\]|(?P<bare>[^{}\n]*?))\s*(?:\{[^}]*\})?\s*$")


def quote_block(inner: str, *, title: str = "", name: str = "", indent: str = "") -> str:
    """Markdown for a block quote of `inner`, below its title, or below its kind unless the text says that itself.

    Starts and ends with an empty line. `indent` is the list item's that it stands in.
    """
    lines = inner.strip("\n").split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    lines = [line[min(margin, len(line) - len(line.lstrip())) :] for line in lines]
    own = _OWN_TITLE.match("\n".join(lines))
    if not title and name.lower() in LABELS and name.lower() != "quote" and not own:
        title = name.capitalize()
    if title:
        lines = [f"**{title}**", "", *lines]
    # Blanks at the end of a line are a break in a text, and letters of code.
    return "\n\n" + "\n".join(f"{indent}> {line}" if line else f"{indent}>" for line in lines) + "\n\n"


def replace_containers(text: str) -> str:
    """`text`, whose code is protected, with `:::name Title` containers as quotes; a mere wrapper's inside stays."""
    out: list[list[str]] = [[]]
    opened: list[re.Match[str]] = []
    for line in text.split("\n"):
        found = _CONTAINER.match(line)
        if found and (found["name"] or found["braces"]):
            opened.append(found)
            out.append([])
        elif found and opened and not found["rest"].strip():
            out[-2].append(_close_container(opened.pop(), out[-1]))
            out.pop()
        else:
            out[-1].append(line)
    while opened:  # at the end of the post, markdown-it closes what is open
        out[-2].append(_close_container(opened.pop(), out[-1]))
        out.pop()
    return "\n".join(out[0])


def _close_container(opened: re.Match[str], lines: list[str]) -> str:
    inner, braces = "\n".join(lines), opened["braces"] or ""
    of_class = _CLASS.search(braces)
    name = (opened["name"] or (of_class[1] if of_class else "")).lower()
    said = _QUOTED_TITLE.search(braces) if braces else _TITLE.match(opened["rest"])
    title = next(filter(None, said.groups()), "").strip() if said else ""
    if name == "details":
        return quote_block(inner, title=title, indent=opened["indent"])
    if name not in LABELS:
        return f"\n{inner}\n"
    return quote_block(inner, title=title, name=name, indent=opened["indent"])


def replace_alerts(text: str) -> str:
    """`text` with the `[!NOTE]` that opens a block quote on GitHub, in Hugo and in Obsidian as that quote's title."""

    def title(found: re.Match[str]) -> str:
        said = found["title"].strip() or found["name"].capitalize()
        quote = found["quote"].rstrip()
        return f"{quote} **{said}**\n{quote}"

    return _ALERT.sub(title, text)
