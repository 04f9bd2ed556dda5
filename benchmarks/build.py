"""Time `feeds build` on made-up blogs; benchmarks/README.md says what each column means."""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_blog import make_blog


def time_build(folder: Path) -> float:
    """Seconds from the start to the exit of one build."""
    start = time.perf_counter()
    subprocess.run(
        [Path(sys.executable).with_name("feeds"), "build", "--site", str(folder)], check=True, capture_output=True
    )
    return time.perf_counter() - start


def measure(posts: int, rounds: int) -> tuple[float, float, float]:
    """The median seconds of a cold build, of one without a change, and of one after a change."""
    cold, unchanged, changed = [], [], []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "blog")
        make_blog(folder, posts=posts)
        newest = max((folder / "posts").iterdir())
        for number in range(rounds):
            for made in ("public", ".feeds"):
                shutil.rmtree(folder / made, ignore_errors=True)
            cold.append(time_build(folder))
            unchanged.append(time_build(folder))
            with newest.open("a", encoding="utf-8") as file:
                file.write(f"\nChange {number}.\n")
            changed.append(time_build(folder))
    return statistics.median(cold), statistics.median(unchanged), statistics.median(changed)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, action="append", help="size of a blog; may be given several times")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(f"{'posts':>7} {'cold s':>8} {'unchanged s':>12} {'one change s':>13}")
    for posts in arguments.posts or [100, 1000]:
        cold, unchanged, changed = measure(posts, arguments.rounds)
        print(f"{posts:>7} {cold:>8.2f} {unchanged:>12.2f} {changed:>13.2f}")


if __name__ == "__main__":
    main()
