-- A report with its working copy: what autosave writes and the list shows. A row is never deleted.
-- The columns of the list come first: SQLite reads a row from the left and need not touch the pages of the snapshot.
CREATE TABLE report (
    number         INTEGER NOT NULL PRIMARY KEY,   -- the row's own number, by which the search index knows it; VACUUM keeps it
    id             BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),   -- the report's UUID
    title          TEXT    NOT NULL,               -- what it is called: its title, else its reference, else its form's short title
    reference      TEXT,                           -- the reference it goes by; none while it has none
    template       TEXT    NOT NULL,               -- the id of its form
    template_title TEXT    NOT NULL,               -- the short title of its form, as it was when the report was begun
    state          TEXT    NOT NULL CHECK (state IN ('draft', 'signed', 'filed')),   -- how far it has come
    sample         INTEGER NOT NULL CHECK (sample IN (0, 1)),   -- 1 for the sample that comes with the application
    created_ms     INTEGER NOT NULL,               -- when it was begun; like every moment here: milliseconds since 1970, UTC
    changed_ms     INTEGER NOT NULL,               -- when it was last saved with a change
    removed_ms     INTEGER,                        -- when it was put in the bin; none while it is in the library
    seq            INTEGER NOT NULL CHECK (seq > 0),   -- the number of its last save; who saves names the number they read
    head           BLOB    NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,   -- the revision it stands on
    digest         BLOB    NOT NULL CHECK (length(digest) = 32),   -- the SHA-256 of its report.json
    snapshot       BLOB    NOT NULL                -- its report.json in a zlib stream (RFC 1950)
) STRICT;
