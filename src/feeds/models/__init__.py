"""The values that travel between the rooms: frozen, without behaviour beyond what follows from their own fields.

Datetimes are aware. Text is plain text unless its name or docstring says HTML.
"""

from feeds.models.feeds import Entry, Feed, Site
from feeds.models.mail import Digest, Issue, IssueState, Receipt
from feeds.models.memory import History, Remembered
from feeds.models.posts import Enclosure, Image, Markup, Person, Post, Status
from feeds.models.problems import MISSING_FILE, Problem, Severity

__all__ = [
    "MISSING_FILE",
    "Digest",
    "Enclosure",
    "Entry",
    "Feed",
    "History",
    "Image",
    "Issue",
    "IssueState",
    "Markup",
    "Person",
    "Post",
    "Problem",
    "Receipt",
    "Remembered",
    "Severity",
    "Site",
    "Status",
]
