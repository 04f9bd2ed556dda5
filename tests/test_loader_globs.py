"""Patterns of paths."""

import warnings

import pytest

from feeds.loader.globs import compile_glob, matches_glob


@pytest.mark.parametrize(
    ("glob", "path", "meant"),
    [
        ("**/_*/**", "_a/b.md", True),
        ("**/_*/**", "x/_a/y/b.md", True),
        ("**/_*/**", "a/_b.md", False),
        ("**/_*.{md,mdx}", "_b.mdx", True),
        ("./drafts/**", "drafts/a.md", True),
        ("/drafts/*", "drafts/a/b.md", False),
        ("*.md", "a/b.md", False),
        ("?.md", "a.md", True),
        ("[!a].md", "a.md", False),
        ("[!a].md", "b.md", True),
        ("20[12]?-*.md", "2024-a.md", True),
        ("A.md", "a.md", True),
        ("a,b.md", "a,b.md", True),
        (r"\*.md", "a.md", False),
    ],
)
def test_a_glob_means_paths(glob, path, meant):
    assert matches_glob(path, glob) is meant


@pytest.mark.parametrize("glob", ["[[:alpha:]]*.md", "[a&&b].md", "[a--b].md", "[a||b].md", "[a~~b].md", "[z-a].md"])
def test_what_python_reads_in_another_way_is_said_to_nobody_and_means_itself_at_most(glob):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compile_glob(glob)
    assert not matches_glob("x/y.md", glob)


def test_a_glob_that_is_none_means_the_file_that_is_called_so():
    assert matches_glob("note{.md", "Note{.md")
