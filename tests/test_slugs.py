import unicodedata

from hypothesis import example, given, strategies as st

from feeds.slugs import fold_name, make_slug, make_slugs

names = st.text(min_size=0, max_size=40)


def test_c_and_c_plus_plus_have_slugs_of_their_own_whichever_is_met_first():
    assert make_slugs(["C", "C++"]) == make_slugs(["C++", "C"])
    assert make_slugs(["C", "C++"])["C"] == "c"
    assert make_slugs(["C", "C++"])["C++"].startswith("c-")


def test_a_slug_that_a_person_chose_comes_before_all_others():
    slugs = make_slugs(["cpp", "c++", "C"], {"C++": "cpp"})
    assert (slugs["c++"], slugs["C"]) == ("cpp", "c")
    assert slugs["cpp"].startswith("cpp-")
    assert make_slugs(["cpp"], {"C++": "cpp"}) == {"cpp": slugs["cpp"]}


def test_a_name_that_is_another_ones_marked_slug_does_not_meet_it():
    marked = make_slugs(["C", "C++"])["C++"]
    assert len(set(make_slugs(["C", "C++", marked]).values())) == 3


def test_a_name_that_looks_like_a_path_becomes_one_harmless_segment():
    assert make_slug("../../etc") == "etc"
    assert make_slug("..") not in {"", ".", ".."}


def test_every_script_keeps_its_own_letters():
    assert make_slug("日本語 入門") == "日本語-入門"
    assert make_slug("Привет, мир") == "привет-мир"
    assert make_slug("हिन्दी समाचार") == "हिन्दी-समाचार"
    assert make_slug("ภาษาไทย ดี") == "ภาษาไทย-ดี"


def test_a_long_name_still_fits_into_a_file_name():
    slugs = make_slugs(["長" * 300, "長" * 301])
    assert max(len(f".{slug}.atom.xml.feeds-tmp".encode()) for slug in slugs.values()) <= 255


def test_two_encodings_of_one_name_fold_alike():
    assert fold_name(unicodedata.normalize("NFD", "Größe")) == fold_name("GRÖSSE")


@given(names)
@example("Ꭰ")  # Cherokee folds to capitals
@example("ϲ")  # becomes a final sigma, which folds to another one
def test_a_slug_is_one_safe_segment_and_its_own_slug(name):
    slug = make_slug(name)
    assert slug
    assert "/" not in slug
    assert slug == slug.lower()
    assert not slug.startswith(".")
    assert make_slug(slug) == slug


@given(st.sets(names, max_size=12))
def test_no_two_names_share_a_slug_even_without_case(many):
    slugs = make_slugs(many)
    assert set(slugs) == many
    assert len({slug.casefold() for slug in slugs.values()}) == len(many)
