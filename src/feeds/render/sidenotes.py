"""Notes that a style sheet moves to the margin, in parentheses: without it they stick to the words before them."""

from __future__ import annotations

from typing import Any

# Tufte CSS and what took after it: https://edwardtufte.github.io/tufte-css/#sidenotes.
_NOTES = frozenset({"margin-note", "marginnote", "side-note", "sidenote"})
_TOGGLES = frozenset({"margin-toggle", "sidenote-toggle"})


def bracket_notes(root: Any) -> None:
    """Puts parentheses around each note in the tree, and takes out what opens it on small screens."""
    for toggle in list(root.iter("label", "input")):
        if _TOGGLES & _classes(toggle):
            toggle.drop_tree()
    for note in list(root.iter("span")):
        if _NOTES & _classes(note) and note.text_content().strip():
            note.text = f" ({(note.text or '').lstrip()}"
            last = note[-1] if len(note) else None
            if last is None:
                note.text = f"{note.text.rstrip()})"
            else:
                last.tail = f"{(last.tail or '').rstrip()})"


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").lower().split())
