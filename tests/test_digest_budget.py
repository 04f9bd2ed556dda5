"""What gives way when an issue is too large, and how it is told."""

from hypothesis import given, strategies as st

from feeds.digest.budget import MAX_BYTES, fit_forms, note_shortening
from feeds.digest.layout import shorten_forms
from feeds.digest.view import Form

SIZES = {Form.FULL: 20_000, Form.EXCERPT: 2_000, Form.HEADLINE: 500, Form.ABSENT: 0}


def test_the_oldest_gives_way_first_and_the_newest_stays():
    steps = [[form.value for form in forms] for forms in shorten_forms([Form.FULL, Form.FULL])]
    assert steps == [
        ["full", "full"],
        ["full", "excerpt"],
        ["excerpt", "excerpt"],
        ["excerpt", "headline"],
        ["headline", "headline"],
        ["headline", "absent"],
    ]


@given(st.lists(st.sampled_from([Form.FULL, Form.EXCERPT, Form.HEADLINE]), min_size=1, max_size=400))
def test_as_little_as_possible_gives_way(forms):
    def measure(shown):
        return sum(SIZES[form] for form in shown)

    made, shown = fit_forms(forms, list, measure)
    assert made == shown
    assert measure(shown) <= MAX_BYTES
    steps = list(shorten_forms(forms))
    place = steps.index(shown)
    assert place == 0 or measure(steps[place - 1]) > MAX_BYTES


def test_each_shortened_post_is_named_and_many_are_counted():
    titles = [f"T{n}" for n in range(6)]
    notes = note_shortening(titles, [Form.EXCERPT] * 6, [Form.EXCERPT, Form.HEADLINE] + [Form.ABSENT] * 4)
    assert notes == (
        "“T1” is shown as a headline to keep the mail under 90 KB",
        "4 posts: each is left out of the HTML and stands in the text part alone to keep the mail under 90 KB",
    )
