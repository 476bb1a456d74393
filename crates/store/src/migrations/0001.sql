CREATE TABLE report (
    number         INTEGER NOT NULL PRIMARY KEY,
    id             BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    title          TEXT    NOT NULL,
    reference      TEXT,
    template       TEXT    NOT NULL,
    template_title TEXT    NOT NULL,
    state          TEXT    NOT NULL CHECK (state IN ('draft', 'signed', 'filed')),
    sample         INTEGER NOT NULL CHECK (sample IN (0, 1)),
    created_ms     INTEGER NOT NULL,
    changed_ms     INTEGER NOT NULL,
    removed_ms     INTEGER,
    seq            INTEGER NOT NULL CHECK (seq > 0),
    head           BLOB    NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
    digest         BLOB    NOT NULL CHECK (length(digest) = 32),
    snapshot       BLOB    NOT NULL
) STRICT;

CREATE TABLE revision (
    number    INTEGER NOT NULL PRIMARY KEY,
    id        BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    report    BLOB    NOT NULL REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
    author    TEXT    NOT NULL,
    device    TEXT    NOT NULL,
    at_ms     INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),
    digest    BLOB    NOT NULL CHECK (length(digest) = 32),
    snapshot  BLOB    NOT NULL
) STRICT;

CREATE INDEX revision_of_report ON revision (report);

CREATE TABLE revision_parent (
    revision  BLOB    NOT NULL REFERENCES revision (id),
    place     INTEGER NOT NULL,
    parent    BLOB    NOT NULL REFERENCES revision (id),
    PRIMARY KEY (revision, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;

CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;

CREATE TRIGGER revision_parent_is_never_changed BEFORE UPDATE ON revision_parent
BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;

CREATE TRIGGER revision_parent_is_never_deleted BEFORE DELETE ON revision_parent
BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END;

CREATE TABLE blob (
    sha256      BLOB    NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    media_type  TEXT    NOT NULL,
    size        INTEGER NOT NULL CHECK (size = length(bytes)),
    bytes       BLOB    NOT NULL
) STRICT;

CREATE TABLE export (
    number    INTEGER NOT NULL PRIMARY KEY,
    report    BLOB    NOT NULL REFERENCES report (id),
    revision  BLOB    NOT NULL REFERENCES revision (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('draft', 'signed')),
    signer    TEXT,
    path      TEXT    NOT NULL,
    sha256    BLOB    NOT NULL CHECK (length(sha256) = 32),
    size      INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL
) STRICT;

CREATE INDEX export_of_report ON export (report);
CREATE INDEX export_by_sha256 ON export (sha256);

CREATE TABLE setting (
    key    TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    title, reference, body,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2"
);
