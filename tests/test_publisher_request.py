import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from feeds import workers
from feeds.errors import ConfigError
from feeds.publisher.request import Request, begin_config, read_config

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SETTINGS = '[site]\nurl = "https://blog.example"\n'
# In a process of its own, since what a site was judged by is remembered for as long as that lives.
SCRIPT = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from feeds import workers
from feeds.loader.witness import JUDGED
from feeds.publisher.request import Request, begin_config
workers.count_cores = lambda: 2
request = Request(root=Path(sys.argv[1]), now=datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
workers.ENOUGH = int(sys.argv[2])
with begin_config(request) as judge:
    config = judge()()
answers = sorted((*asked, said) for asked, said in JUDGED.answers.items())
asked_here = "feeds.loader.conventions.hugo" in sys.modules
print(json.dumps([asked_here, repr(config), sorted(JUDGED.seen), answers]))
"""


@pytest.fixture
def site(tmp_path):
    posts = tmp_path / "site" / "posts"
    posts.mkdir(parents=True)
    (posts.parent / "feeds.toml").write_text(SETTINGS, "utf-8")
    (posts.parent / "README.md").write_text("# A blog\n", "utf-8")
    for day in range(1, 6):
        (posts / f"words-{day}.md").write_text(
            f"---\ndate: 2026-11-0{day}\n---\nWords, [linked](/blog/words-1).\n", "utf-8"
        )
    return posts.parent


def judge(site, enough):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(site), str(enough)], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def test_a_large_site_is_judged_in_another_process_and_found_to_be_the_same(site):
    (asked_here, *here), (asked_here_too, *elsewhere) = judge(site, 1_000), judge(site, 5)
    assert (asked_here, asked_here_too) == (True, False)
    assert elsewhere == here
    config, seen, answers = here
    assert "blog.example" in config
    assert f"{site}/README.md" in seen
    assert any(path == f"{site}/posts/words-1.md" and said for _, path, said in answers)


def test_what_is_wrong_with_a_large_site_is_said_as_with_a_small_one(site, monkeypatch):
    monkeypatch.setattr(workers, "count_cores", lambda: 2)
    monkeypatch.setattr(workers, "ENOUGH", 5)
    (site / "feeds.toml").write_text('[site]\nurl = "ftp://blog.example"\n', "utf-8")
    request = Request(root=site, now=NOW)
    with pytest.raises(ConfigError) as plain:
        read_config(request)
    with begin_config(request) as judge_beside, pytest.raises(ConfigError) as beside:
        judge_beside()()
    assert str(beside.value) == str(plain.value)
    assert "no address of a site" in str(plain.value)


def test_a_folder_that_is_not_there_is_no_large_site(tmp_path):
    with begin_config(Request(root=tmp_path / "nothing", now=NOW)) as judge_beside, pytest.raises(ConfigError):
        judge_beside()()
