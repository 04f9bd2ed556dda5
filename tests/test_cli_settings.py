"""`check` and `init`: what was found, said and written down."""

import pytest

from cli_sites import POSTS, TOML, feeds, make_site, snapshot

GUESSED = ("posts.convention", "posts.path", "site.title", "site.url", "site.language", "site.timezone")


@pytest.fixture
def jekyll(tmp_path):
    site = tmp_path / "my-blog"
    (site / "_posts").mkdir(parents=True)
    (site / "_config.yml").write_text(
        "title: 'Jo''s \"Blog\"'\ndescription: |\n  Two\n  lines # and more\nurl: https://jo.example\n"
        "timezone: Europe/Berlin\nauthor: Jo\nlang: de\n"
    )
    (site / "_posts/2026-02-01-one.md").write_text("---\ntitle: One\n---\nHi\n")
    return site


def findings(site, *more):
    return {one["key"]: one for one in feeds(site, "check", "--json", *more).object["findings"]}


def test_every_guess_is_a_line_with_where_it_came_from(jekyll):
    checked = feeds(jekyll, "check")
    assert (checked.status, checked.err) == (0, "")
    lines = checked.out.splitlines()
    for key in GUESSED:
        assert any(line.startswith(f"{key}: ") and line.endswith(")") for line in lines), key
    assert "site.url: https://jo.example/ (from _config.yml)" in lines
    assert "site.author: Jo (from _config.yml)" in lines
    assert lines[-2:] == ["posts: 1 published", "no problems"]


def test_a_setting_for_this_run_wins_over_the_environment_and_that_over_the_file(jekyll, monkeypatch):
    (jekyll / "feeds.toml").write_text('[site]\ntitle = "File"\n')
    assert findings(jekyll)["site.title"] == {"key": "site.title", "value": "File", "origin": "feeds.toml"}
    monkeypatch.setenv("FEEDS_SITE__TITLE", "Environment")
    assert findings(jekyll)["site.title"]["value"] == "Environment"
    assert findings(jekyll, "--set", "site.title=Option")["site.title"]["value"] == "Option"


def test_the_settings_may_be_in_pyproject_or_in_a_file_of_another_name(tmp_path):
    site = make_site(tmp_path / "site", "one")
    (site / "feeds.toml").rename(tmp_path / "other.toml")
    (site / "pyproject.toml").write_text('[tool.feeds.site]\ntitle = "In pyproject"\n')
    assert findings(site)["site.title"]["value"] == "In pyproject"
    assert findings(site, "--config", tmp_path / "other.toml")["site.title"]["value"] == "Blog"
    gone = feeds(site, "check", "--config", tmp_path / "gone.toml")
    assert (gone.status, gone.err.count("\n")) == (2, 1)
    assert "gone.toml: cannot be read" in gone.err


def test_a_missing_address_is_a_warning_of_check_and_the_posts_are_looked_at_all_the_same(tmp_path):
    site = make_site(tmp_path, ("one", {"date": "soon"}), "two", toml=POSTS)
    checked = feeds(site, "check")
    assert checked.status == 1
    assert ["posts/one.md:3" in line for line in checked.problems] == [True, False]
    assert "site.url is not known" in checked.problems[1]


def test_strict_makes_a_warning_fail(tmp_path):
    site = make_site(tmp_path, "one", toml=POSTS)
    assert (feeds(site, "check").status, feeds(site, "check", "--strict").status) == (0, 1)


def test_a_folder_without_posts_is_no_traceback(tmp_path):
    checked = feeds(tmp_path, "check")
    assert checked.status in {0, 1}
    assert "posts: none" in checked.out
    assert feeds(tmp_path, "list").status == 0
    gone = feeds(tmp_path / "gone", "list")
    assert (gone.status, gone.err) == (
        2,
        f"feeds: {tmp_path}/gone: is no folder; --site takes the folder of the site\n",
    )


def test_what_init_writes_is_read_back_as_the_same_configuration(jekyll):
    before = findings(jekyll)
    built = feeds(jekyll, "build", "--output", jekyll.parent / "before")
    wrote = feeds(jekyll, "init")
    assert (wrote.status, wrote.err) == (0, "")
    assert "wrote" in wrote.out
    after = findings(jekyll)
    assert {key: one["value"] for key, one in after.items()} == {key: one["value"] for key, one in before.items()}
    assert after["site.url"]["origin"] == "feeds.toml"
    again = feeds(jekyll, "build", "--output", jekyll.parent / "after")
    assert (built.status, again.status) == (0, 0)
    old, new = ({n: data for n, (data, _) in snapshot(jekyll.parent / f).items()} for f in ("before", "after"))
    assert old == new


def test_init_leaves_a_file_that_is_there_alone(tmp_path):
    site = make_site(tmp_path, "one")
    before = snapshot(site)
    refused = feeds(site, "init")
    assert (refused.status, refused.out) == (1, "")
    assert "feeds.toml: is there already; nothing was changed" in refused.err
    shown = feeds(site, "init", "--dry-run")
    assert shown.status == 0
    assert 'url = "https://blog.example/"  # from feeds.toml' in shown.out
    assert snapshot(site) == before


def test_init_leaves_settings_in_pyproject_in_force(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.feeds.newsletters.weekly]\nfrom = "x@example.org"\n')
    refused = feeds(tmp_path, "init")
    assert refused.status == 1
    assert "pyproject.toml" in refused.err
    assert not (tmp_path / "feeds.toml").exists()


def test_init_without_an_address_leaves_a_line_to_fill_in(tmp_path):
    site = make_site(tmp_path, "one", toml=TOML)
    (site / "feeds.toml").unlink()
    feeds(site, "init")
    text = (site / "feeds.toml").read_text("utf-8")
    assert '# url = "https://example.org"' in text
    assert feeds(site, "check").status == 0
