"""Time builds of made-up blogs beside other programs; benchmarks/README.md says what each column means."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from make_blog import make_blog
from peers import list_peers, read_version

if TYPE_CHECKING:
    from peers import Peer

STEPS = ("cold", "unchanged", "one change")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the clock, seconds of the processors, and the megabytes of the largest process."""

    wall: float
    cpu: float
    memory: float


@dataclass(slots=True)
class Contender:
    """One peer with its folder and its runs."""

    peer: Peer
    folder: Path
    runs: dict[str, list[Run]] = field(default_factory=lambda: {step: [] for step in STEPS})

    def take_step(self, step: str, number: int) -> None:
        """Bring the folder to where the step begins, and build."""
        if step == "cold":
            for made in self.peer.made:
                path = self.folder / made
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        elif step == "one change":
            newest = max((self.folder / self.peer.posts).iterdir())
            with newest.open("a", encoding="utf-8") as file:
                file.write(f"\nChange {number}.\n")
        self.runs[step].append(time_command(self.peer.command, self.folder))


def time_command(command: tuple[str, ...] | list[str], folder: Path) -> Run:
    """What one run of a command in a folder costs, its child processes included."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(posts: int, rounds: int, peers: list[Peer]) -> list[Contender]:
    """Every peer on the same posts: in each round all of them, one after the other, beginning with another."""
    with tempfile.TemporaryDirectory() as temporary:
        blog = Path(temporary, "blog")
        make_blog(blog, posts=posts)
        contenders = []
        for peer in peers:
            folder = Path(temporary, peer.name)
            folder.mkdir()
            peer.prepare(blog, folder)
            contenders.append(Contender(peer, folder))
        for number in range(rounds):
            first = number % len(contenders)
            for contender in contenders[first:] + contenders[:first]:
                for step in STEPS:
                    contender.take_step(step, number)
                print(f"# {posts} posts, round {number + 1}: {contender.peer.name}", flush=True)
        for contender in contenders:
            made = list((contender.folder / contender.peer.output).rglob("*.xml"))
            print(f"# {contender.peer.name} wrote {len(made)} XML files, {sum(f.stat().st_size for f in made):,} bytes")
    return contenders


def show(posts: int, contenders: list[Contender]) -> None:
    """The table of one size of blog: medians, and ours as a part of each peer's in the same round."""
    print(f"\n| {posts:,} posts | " + " | ".join(f"{step}, s (CPU)" for step in STEPS) + " | MB | ours is (CPU) |")
    print("| --- | " + "--- | " * (len(STEPS) + 2))
    ours = contenders[0]
    for one in contenders:
        cells = [f"{_median(one, step, 'wall'):.2f} ({_median(one, step, 'cpu'):.2f})" for step in STEPS]
        part = "" if one is ours else " / ".join(_compare(ours.runs[step], one.runs[step]) for step in STEPS)
        memory = max(run.memory for run in one.runs["cold"])
        print(f"| {one.peer.name} {read_version(one.peer)} | " + " | ".join([*cells, f"{memory:.0f}", part]) + " |")


def _compare(ours: list[Run], others: list[Run]) -> str:
    wall = statistics.median(one.wall / other.wall for one, other in zip(ours, others, strict=True))
    cpu = statistics.median(one.cpu / other.cpu for one, other in zip(ours, others, strict=True))
    return f"{wall:.3f} ({cpu:.3f})"


def _median(contender: Contender, step: str, what: str) -> float:
    return statistics.median(getattr(run, what) for run in contender.runs[step])


def main() -> None:
    """Measure and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, action="append", help="size of a blog; may be given several times")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=Path(), help="where the other programs are installed (bin)")
    parser.add_argument("--only", default="", help="names of peers, with commas; ours is always there")
    parser.add_argument("--flavour", default="gfm", choices=["gfm", "markdown"], help="how ours reads Markdown")
    arguments = parser.parse_args()
    wanted = {"feeds", *arguments.only.split(",")}
    peers = list_peers(arguments.peers.absolute(), flavour=arguments.flavour)
    if arguments.only:
        peers = [peer for peer in peers if peer.name in wanted]
    for posts in arguments.posts or [1000]:
        contenders = measure(posts, arguments.rounds, peers)
        print(f"\n{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, ", end="")
        print(f"load {os.getloadavg()[0]:.1f}, {arguments.rounds} rounds")
        show(posts, contenders)


if __name__ == "__main__":
    main()
