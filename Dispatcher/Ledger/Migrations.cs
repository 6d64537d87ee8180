namespace BatchScoring.Dispatcher.Ledger;

/// <summary>The ledger's tables, step by step: a ledger of an older program takes the steps that it lacks. A step never changes.</summary>
internal static class Migrations
{
    /// <summary>Says in the file's header that it is a ledger of ours.</summary>
    public const int ApplicationId = 0x4253_4C31;

    /// <summary>Step n brings a ledger from version n to n + 1.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE identity (id TEXT NOT NULL);
        CREATE TABLE lease (one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT, fence INTEGER NOT NULL, beat INTEGER NOT NULL);
        INSERT INTO lease VALUES (1, NULL, 0, 0);
        CREATE TABLE definitions (fingerprint TEXT PRIMARY KEY, pipeline TEXT NOT NULL, text TEXT NOT NULL, seen INTEGER NOT NULL);
        CREATE TABLE pipelines (
            name TEXT PRIMARY KEY, schedule TEXT, considered INTEGER NOT NULL,
            paused INTEGER, paused_by TEXT, paused_reason TEXT);
        CREATE TABLE runs (
            id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, slot TEXT NOT NULL, date TEXT NOT NULL, revision INTEGER NOT NULL,
            trigger TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, fingerprint TEXT NOT NULL, parameters TEXT NOT NULL,
            due INTEGER NOT NULL, created INTEGER NOT NULL, not_before INTEGER, start_by INTEGER, deliver_by INTEGER,
            started INTEGER, ended INTEGER, delivered INTEGER, cancel TEXT,
            UNIQUE (pipeline, slot, revision));
        CREATE INDEX runs_open ON runs (state) WHERE ended IS NULL;
        CREATE INDEX runs_by_date ON runs (pipeline, date);
        CREATE TABLE steps (
            run TEXT NOT NULL REFERENCES runs (id), name TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
            attempt INTEGER NOT NULL, tries INTEGER NOT NULL, not_before INTEGER, started INTEGER, ended INTEGER,
            code TEXT, text TEXT, figures TEXT,
            PRIMARY KEY (run, name)) WITHOUT ROWID;
        CREATE TABLE attempts (
            run TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL, fence INTEGER NOT NULL, state TEXT NOT NULL,
            started INTEGER NOT NULL, ended INTEGER, handle TEXT, share REAL, code TEXT, text TEXT,
            PRIMARY KEY (run, step, attempt)) WITHOUT ROWID;
        CREATE TABLE alarms (
            run TEXT NOT NULL, kind TEXT NOT NULL, raised INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (run, kind)) WITHOUT ROWID;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, pipeline TEXT, run TEXT, reason TEXT);
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY, channel TEXT NOT NULL, message_id TEXT NOT NULL, what TEXT NOT NULL, run TEXT, content TEXT,
            recipients TEXT NOT NULL, remaining TEXT NOT NULL, subject TEXT, body BLOB, created INTEGER NOT NULL,
            since INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, uncertain INTEGER NOT NULL, next INTEGER NOT NULL,
            code TEXT, answer TEXT, ended INTEGER,
            UNIQUE (channel, message_id));
        CREATE TABLE heartbeat (one INTEGER PRIMARY KEY CHECK (one = 1), seen INTEGER NOT NULL);
        CREATE INDEX outbox_open ON outbox (next, id) WHERE ended IS NULL;
        """,
        """
        ALTER TABLE runs ADD COLUMN short TEXT;
        ALTER TABLE steps ADD COLUMN short INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX runs_by_end ON runs (pipeline, ended);
        """,
    ];
}
