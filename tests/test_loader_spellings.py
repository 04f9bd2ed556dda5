"""One spelling for each name, one person for each author."""

from __future__ import annotations

from feeds.loader.spellings import unite_names
from feeds.models import Person, Post, Status


def post(source, *, tags=(), categories=(), authors=(), status=Status.PUBLISHED):
    return Post(source=source, status=status, tags=tags, categories=categories, authors=authors)


def test_a_tag_is_shown_in_its_most_frequent_spelling():
    posts = unite_names(
        [post("a", tags=("python",)), post("b", tags=("Python",)), post("c", tags=("Python", "PYTHON"))]
    )
    assert [one.tags for one in posts] == [("Python",), ("Python",), ("Python",)]


def test_a_draft_has_no_say_in_the_spelling():
    drafts = [post(f"d{number}", tags=("PYTHON",), status=Status.DRAFT) for number in range(3)]
    assert unite_names([post("a", tags=("Python",)), *drafts])[1].tags == ("Python",)


def test_composed_and_decomposed_letters_are_one_and_a_tie_does_not_depend_on_order():
    one, two = post("a", categories=("Cafe\u0301",)), post("b", categories=("CAFÉ",))
    assert {p.categories for p in unite_names([one, two])} == {p.categories for p in unite_names([two, one])}
    assert len({p.categories for p in unite_names([one, two])}) == 1


def test_c_and_c_plus_plus_stay_two():
    assert unite_names([post("a", tags=("C", "C++"))])[0].tags == ("C", "C++")


def test_an_author_under_slug_and_name_is_one_person_with_all_that_is_known():
    ada = Person(name="Ada Lovelace", email="ada@example.org")
    posts = unite_names(
        [
            post("a", authors=(ada,)),
            post("b", authors=(Person(name="ada-lovelace"),)),
            post("c", authors=(Person(name="ADA LOVELACE", url="https://ada.example/"),)),
        ]
    )
    whole = Person(name="ADA LOVELACE", email="ada@example.org", url="https://ada.example/")
    assert {one.authors for one in posts} == {(whole,)}


def test_a_post_names_one_person_once():
    [one] = unite_names([post("a", authors=(Person(name="Ada"), Person(name="ADA")))])
    assert len(one.authors) == 1
