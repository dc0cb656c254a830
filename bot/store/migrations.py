"""How the tables came to be: numbered steps, run in order when the database is opened.

Our own forty lines instead of a migration framework: a dozen tables, plain DDL that both databases read, no
autogeneration wanted, and every process start (the demo's too) pays for what is imported. A released step is never
edited; a change is a new step at the end.
"""

from sqlalchemy import Connection, text

from bot.store.database import Database
from bot.store.errors import SchemaTooNew

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE entries (
            seq {serial}, workspace TEXT NOT NULL, conversation TEXT NOT NULL, turn TEXT, place INTEGER NOT NULL,
            role TEXT NOT NULL, speaker TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL)""",
        "CREATE UNIQUE INDEX entries_once ON entries (workspace, conversation, turn, place)",
        "CREATE INDEX entries_order ON entries (workspace, conversation, seq)",
        "CREATE INDEX entries_age ON entries (at)",
        "CREATE INDEX entries_speaker ON entries (workspace, speaker)",
        """CREATE TABLE records (
            seq {serial}, id TEXT NOT NULL UNIQUE, key TEXT UNIQUE, workspace TEXT NOT NULL,
            conversation TEXT NOT NULL, requester TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
            payload TEXT NOT NULL, subject TEXT, created BIGINT NOT NULL, updated BIGINT NOT NULL, expires BIGINT,
            version INTEGER NOT NULL)""",
        "CREATE INDEX records_open ON records (workspace, conversation, requester, seq)",
        "CREATE INDEX records_subject ON records (subject) WHERE subject IS NOT NULL",
        "CREATE INDEX records_age ON records (updated)",
        "CREATE INDEX records_requester ON records (workspace, requester)",
        """CREATE TABLE places (
            seq {serial}, ref TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, "user" TEXT NOT NULL,
            ephemeral BOOLEAN NOT NULL, response_url TEXT, response_until BIGINT, response_uses INTEGER NOT NULL)""",
        'CREATE UNIQUE INDEX places_once ON places (ref, channel, ts, "user")',
        """CREATE TABLE links (
            workspace TEXT NOT NULL, slack_id TEXT NOT NULL, username TEXT NOT NULL, email TEXT NOT NULL,
            name TEXT NOT NULL, zone TEXT, calcom_id BIGINT, credential_kind TEXT, credential_secret TEXT,
            updated BIGINT NOT NULL, PRIMARY KEY (workspace, slack_id))""",
        "CREATE INDEX links_username ON links (workspace, username)",
        "CREATE INDEX links_email ON links (workspace, email)",
        """CREATE TABLE memory (
            workspace TEXT NOT NULL, slack_id TEXT NOT NULL, topic TEXT NOT NULL, key TEXT NOT NULL,
            value TEXT NOT NULL, updated BIGINT NOT NULL, PRIMARY KEY (workspace, slack_id, topic, key))""",
        """CREATE TABLE audit (
            seq {serial}, at BIGINT NOT NULL, workspace TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            record_id TEXT, booking_uid TEXT, version TEXT NOT NULL, detail TEXT NOT NULL)""",
        "CREATE INDEX audit_actor ON audit (workspace, actor, seq)",
        "CREATE INDEX audit_booking ON audit (booking_uid) WHERE booking_uid IS NOT NULL",
        """CREATE TABLE turns (
            seq {serial}, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, workspace TEXT NOT NULL,
            conversation TEXT NOT NULL, payload TEXT NOT NULL, accepted BIGINT NOT NULL, state TEXT NOT NULL,
            executor TEXT, claim TEXT, attempts INTEGER NOT NULL, finished BIGINT, error TEXT)""",
        # The database itself keeps two turns of one conversation from running at once, whoever asks.
        "CREATE UNIQUE INDEX turns_running ON turns (workspace, conversation) WHERE state = 'running'",
        "CREATE INDEX turns_unfinished ON turns (workspace, conversation, seq) WHERE finished IS NULL",
        "CREATE INDEX turns_finished ON turns (finished) WHERE finished IS NOT NULL",
        "CREATE TABLE steps (turn TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (turn, name))",
        "CREATE TABLE executors (id TEXT PRIMARY KEY, life TEXT NOT NULL, version TEXT NOT NULL, beat BIGINT NOT NULL)",
    ),
    (
        """CREATE TABLE timers (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, workspace TEXT NOT NULL, conversation TEXT NOT NULL,
            payload TEXT NOT NULL, due BIGINT NOT NULL)""",
        "CREATE INDEX timers_due ON timers (due)",
        "CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)",
    ),
    (
        """CREATE TABLE hooks (
            id TEXT PRIMARY KEY, workspace TEXT NOT NULL, owner TEXT NOT NULL, remote TEXT NOT NULL,
            secret TEXT NOT NULL, event_type_id BIGINT, updated BIGINT NOT NULL)""",
        "CREATE INDEX hooks_owner ON hooks (workspace, owner)",
    ),
    (
        """CREATE TABLE counters (
            workspace TEXT NOT NULL, person TEXT NOT NULL, meter TEXT NOT NULL, since BIGINT NOT NULL,
            used BIGINT NOT NULL, told BOOLEAN NOT NULL, PRIMARY KEY (workspace, person, meter, since))""",
        "CREATE INDEX counters_age ON counters (since)",
        """CREATE TABLE budgets (
            name TEXT PRIMARY KEY, allowed BIGINT NOT NULL, granted BIGINT NOT NULL, ends BIGINT NOT NULL)""",
    ),
)
"""One tuple of statements per schema version, oldest first."""

_LOCK = 7_563_149_102
"""PostgreSQL advisory lock held while migrating, so that replicas started together migrate once."""


async def migrate(database: Database, target: int = len(STEPS)) -> int:
    """Bring the schema to version `target`; gives the version found. Raises SchemaTooNew."""
    return await database.write(lambda connection: _migrate(connection, target))


def _migrate(connection: Connection, target: int) -> int:
    serial = "INTEGER PRIMARY KEY AUTOINCREMENT"
    if connection.dialect.name == "postgresql":
        serial = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    connection.execute(text("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)"))
    found: int = connection.execute(text("SELECT max(version) FROM schema_version")).scalar() or 0
    if found > len(STEPS):
        raise SchemaTooNew(f"schema {found}, this program knows {len(STEPS)}")
    for number in range(found, target):
        for statement in STEPS[number]:
            connection.execute(text(statement.format(serial=serial)))
        connection.execute(text("INSERT INTO schema_version (version) VALUES (:v)"), {"v": number + 1})
    return found
