"""The program as a person starts it, and small sites for it to work on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from feeds import workers
from feeds.cli import main

ROOT = Path(__file__).parents[1]
NOW = "2026-03-02T09:00:00+00:00"
POSTS = '[posts]\npath = "posts"\npermalink = "/:slug/"\n'
TOML = f'{POSTS}[site]\ntitle = "Blog"\nurl = "https://blog.example"\n'
WEEKLY = '[newsletters.weekly]\nfrom = "Blog <news@blog.example>"\n'


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self):
        (found,) = self.objects
        return found

    @property
    def problems(self):
        return [line for line in self.err.splitlines() if line.startswith(("error: ", "warning: "))]


def feeds(site, *arguments, now=NOW):
    """What `feeds ARGUMENTS` prints and how it leaves, in this process; a traceback would leave the test."""
    command, *rest = arguments
    common = ["--site", str(site)] + (["--now", now] if now else [])
    out, err, status = io.StringIO(), io.StringIO(), 0
    before, sys.argv = sys.argv, ["feeds", command, *common, *map(str, rest)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as left:
        status = left.code or 0
    finally:
        sys.argv = before
    return Result(status, out.getvalue(), err.getvalue())


def start_feeds(*arguments, **environment):
    """The program as a process of its own."""
    code = "import sys; from feeds.cli import main; sys.argv[0] = 'feeds'; main()"
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process):
    out, err = process.communicate(timeout=60)
    return Result(process.returncode, out, err)


def make_site(root, *posts, toml=TOML):
    """A site with these posts: each a name, or a name and its header's values."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "feeds.toml").write_text(toml, "utf-8")
    (root / "posts").mkdir(exist_ok=True)
    for day, post in enumerate(posts, start=1):
        name, values = (post, {}) if isinstance(post, str) else post
        write_post(root, name, **{"date": f"2026-02-{day:02}"} | values)
    return root


def write_post(root, name, body=None, **header):
    path = root / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"title": name.title()} | header
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value is not None]
    text = body if body is not None else f"The words of {name}."
    path.write_text("\n".join(["---", *lines, "---", text, ""]), "utf-8")
    return path


def example_site(root):
    """The site that comes with the program."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "feeds.toml", root)
    shutil.copytree(ROOT / "posts", root / "posts")
    return root


def snapshot(folder):
    """Every file below `folder` with its bytes and when it was last written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def ids(site, feed="feed.json"):
    return [item["id"] for item in json.loads((site / "public" / feed).read_text("utf-8"))["items"]]


def mailed(site, newsletter="weekly"):
    """The post ids of each issue in the outbox."""
    manifests = sorted((site / "outbox" / newsletter).glob("*/manifest.json"), key=lambda path: int(path.parent.name))
    return [json.loads(path.read_text("utf-8"))["post_ids"] for path in manifests]


@contextlib.contextmanager
def in_processes(*, several):
    """Reading and rendering in several processes, whatever there is to do, or in this one alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "ENOUGH", 1 if several else 1_000_000)
        patch.setattr(workers, "count_cores", lambda: 2)
        patch.setattr(workers, "CHUNK", 2)
        yield
