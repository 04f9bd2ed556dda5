"""The tables of the ledger, their version, and how an older ledger becomes a current one.

The names start with `feeds_`, so that a PostgreSQL database may be shared with other programs (though not
with another site: give each site a database or a schema of its own). Moments are text, RFC 3339 in UTC with
microseconds: the same in every database, in order when sorted, and readable by a person with the database's
own shell.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    event,
    func,
    inspect,
    select,
)

from feeds.errors import StateError
from feeds.models import IssueState
from feeds.state.rows import VERSION, read_moment, write_moment

if TYPE_CHECKING:
    from collections.abc import Callable


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as text in UTC."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text that is stored. A naive datetime is a bug and fails."""
        return None if value is None else write_moment(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment that was stored. Raises StateError for text that is none."""
        return read_moment(value)


metadata = MetaData()

schema_version = Table("feeds_schema", metadata, Column("version", Integer, primary_key=True))

posts = Table(
    "feeds_posts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("released", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

newsletters = Table(
    "feeds_newsletters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("started_at", Moment, nullable=False),
    # When the schedule was last answered, with an issue or with "nothing new".
    Column("considered_at", Moment, nullable=False),
)

issues = Table(
    "feeds_issues",
    metadata,
    Column("newsletter", Text, ForeignKey("feeds_newsletters.name"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("subject", Text, nullable=False, default=""),
    Column("digest", Text),
    Column("prepared", LargeBinary),
    Column("transport", Text, nullable=False, default=""),
    Column("attempt", Integer, nullable=False, default=0),
    Column("claimed_at", Moment, nullable=False),
    Column("composed_at", Moment),
    Column("delivered_at", Moment),
    Column("retry_at", Moment),
    Column("receipt", Text, nullable=False, default=""),
    Column("settled", Boolean, nullable=False, default=True),
    Column("draft", Boolean, nullable=False, default=False),
    Column("reason", Text, nullable=False, default=""),
    PrimaryKeyConstraint("newsletter", "number"),
)
# A cancelled issue gives its posts back, and the next issue of the same posts has the same key.
_LIVE = f"CREATE UNIQUE INDEX feeds_one_live_issue_a_key ON feeds_issues (key) WHERE state != '{IssueState.CANCELLED}'"


@event.listens_for(issues, "after_create")
def _create_index(_table: Table, connection: Connection, **_options: Any) -> None:
    # A condition of SQLAlchemy's own `Index` imports all that speaks to PostgreSQL, for a file of SQLite, too.
    connection.exec_driver_sql(_LIVE)


issue_posts = Table(
    "feeds_issue_posts",
    metadata,
    Column("newsletter", Text, ForeignKey("feeds_newsletters.name"), nullable=False),
    Column("post_id", Text, nullable=False),
    # No number: the post was marked as seen and never mailed.
    Column("number", Integer),
    # This key is what makes mail go out once: no two issues of a newsletter can carry one post.
    PrimaryKeyConstraint("newsletter", "post_id"),
    ForeignKeyConstraint(["newsletter", "number"], ["feeds_issues.newsletter", "feeds_issues.number"]),
)

attempts = Table(
    "feeds_attempts",
    metadata,
    Column("newsletter", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("token", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Text, nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    PrimaryKeyConstraint("newsletter", "number", "attempt"),
    ForeignKeyConstraint(["newsletter", "number"], ["feeds_issues.newsletter", "feeds_issues.number"]),
)

leases = Table(
    "feeds_leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("token", Integer, nullable=False),
    # Seconds since 1970 by the clock that all holders share: the server's, or the machine's for a file.
    Column("expires_at", Float, nullable=False),
)

pings = Table(
    "feeds_pings",
    metadata,
    Column("hub", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("since", Moment, nullable=False),
    PrimaryKeyConstraint("hub", "topic"),
)

# One row, or none.
site = Table("feeds_site", metadata, Column("first_url", Text, primary_key=True))


def _create_tables(connection: Connection) -> None:
    metadata.create_all(connection)


def _add_site(connection: Connection) -> None:
    site.create(connection, checkfirst=True)


# One step from each version to the next; the first makes everything. A new version appends a step and never
# edits one.
UPGRADES: tuple[Callable[[Connection], None], ...] = (_create_tables, _add_site)
assert len(UPGRADES) == VERSION


def read_version(connection: Connection) -> int:
    """The ledger's version; 0 if there is no ledger. Raises StateError for a newer one than ours."""
    if not inspect(connection).has_table(schema_version.name):
        return 0
    version = connection.execute(select(schema_version.c.version)).scalar() or 0
    if version > VERSION:
        raise StateError(f"the ledger has version {version}, this program knows {VERSION}: update feeds")
    return version


def upgrade_schema(connection: Connection) -> None:
    """Bring the ledger to `VERSION` inside the caller's transaction. Raises StateError for a newer one."""
    if connection.dialect.name == "postgresql":
        # CREATE TABLE IF NOT EXISTS is no guard against a second process at the same moment.
        here = func.concat(func.current_schema(), "/feeds_schema")
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(here, 0))))
    version = read_version(connection)
    if version == VERSION:
        return
    for step in UPGRADES[version:]:
        step(connection)
    connection.execute(schema_version.delete())
    connection.execute(schema_version.insert().values(version=VERSION))
