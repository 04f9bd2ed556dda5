"""A made-up blog for measuring: the same arguments give the same files."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "reader",
    "entry",
    "letter",
    "feed",
    "address",
    "promise",
    "server",
    "night",
    "window",
    "paper",
    "quiet",
    "simple",
    "every",
    "never",
    "under",
    "between",
    "small",
    "large",
    "green",
    "early",
    "morning",
    "write",
    "read",
    "send",
    "keep",
    "find",
    "lose",
    "carry",
    "remember",
    "forget",
    "open",
    "close",
    "begin",
    "end",
    "name",
    "line",
    "page",
    "word",
    "sentence",
    "picture",
    "table",
    "list",
    "question",
    "answer",
    "reason",
    "machine",
    "garden",
    "river",
    "stone",
    "bridge",
    "train",
    "station",
    "clock",
    "hour",
)
DRAFTS = 0.01
# Front matter holds local times; the site's zone is set. All dates lie in the past: what is due later is in no feed.
FIRST, DAYS = datetime(2010, 1, 1, 8, 0), 5843  # noqa: DTZ001 - as above


def make_blog(folder: Path, *, posts: int, tags: int = 200, authors: int = 50, seed: int = 1) -> None:
    """Write a site with so many posts into `folder`: feeds.toml and posts/, evenly over sixteen years."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    (folder / "posts").mkdir(parents=True)
    (folder / "feeds.toml").write_text(
        '[site]\ntitle = "Made up"\nurl = "https://bench.example"\ntimezone = "Europe/Lisbon"\n'
        '[posts]\npath = "posts"\npermalink = "/:slug/"\n',
        "utf-8",
    )
    # Zipf's law: the first tag is on many posts, the last on hardly any.
    weights = [1 / rank for rank in range(1, tags + 1)]
    for number in range(posts):
        day = FIRST + timedelta(days=DAYS * number // posts, minutes=dice.randrange(720))
        chosen = sorted(set(dice.choices(range(tags), weights, k=3)))
        header = [
            "---",
            f"title: {_sentence(dice, 5).rstrip('.')} {number}",
            f"date: {day:%Y-%m-%d %H:%M:%S}",
            f"authors: [Author {dice.randrange(authors)}]",
            f"tags: [{', '.join(f'tag {tag}' for tag in chosen)}]",
            f"categories: [Category {chosen[0] % 10}]",
            f"draft: {'true' if dice.random() < DRAFTS else 'false'}",
            "---",
        ]
        text = "\n".join([*header, "", *_body(dice)])
        (folder / "posts" / f"{day:%Y-%m-%d}-post-{number}.md").write_text(text, "utf-8")


def _body(dice: random.Random) -> list[str]:
    blocks = [_paragraph(dice) for _ in range(dice.randint(4, 9))]
    blocks.insert(2, f"## {_sentence(dice, 4).rstrip('.')}")
    blocks.insert(3, f"![{_sentence(dice, 6)}](/images/{dice.randrange(99)}.png)")
    blocks.append(
        "```python\n" + "\n".join(f"{word} = {dice.randrange(99)}" for word in dice.sample(WORDS, 8)) + "\n```"
    )
    blocks.append("| a | b |\n|---|---|\n" + "\n".join(f"| {dice.choice(WORDS)} | {n} |" for n in range(5)))
    return [f"{block}\n" for block in blocks]


def _paragraph(dice: random.Random) -> str:
    sentences = [_sentence(dice, dice.randint(6, 18)) for _ in range(dice.randint(4, 8))]
    sentences.append(f"See [{dice.choice(WORDS)}](/post-{dice.randrange(999)}/), *{dice.choice(WORDS)}*.")
    return " ".join(sentences)


def _sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + "."
