"""What is wrong, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# What a problem's message holds that is about a file of the site which many posts may ask for.
MISSING_FILE = "is no text file"


class Severity(StrEnum):
    """How much a problem matters: an error keeps a post (or more) out, a warning does not, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one file, in a sentence that says what to do. `path` is relative to the site."""

    message: str
    path: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = self.path or ""
        if place and self.line is not None:
            place += f":{self.line}"
        return ": ".join(part for part in (place, self.message) if part)
