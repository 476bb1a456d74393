-- What a report was at a moment. A revision is never changed and never deleted; the triggers see to it.
CREATE TABLE revision (
    number    INTEGER NOT NULL PRIMARY KEY,        -- the order in which revisions came into this library
    id        BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),   -- the revision's UUID
    report    BLOB    NOT NULL REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,   -- of which report
    author    TEXT    NOT NULL,                    -- who made it, in their own words
    device    TEXT    NOT NULL,                    -- on which machine
    at_ms     INTEGER NOT NULL,                    -- when, by that machine's clock; may disagree with `number`
    reason    TEXT    NOT NULL,                    -- why: opened, checkpoint, before_export, signed, imported, recovered, conflict
    hash      BLOB    NOT NULL CHECK (length(hash) = 32),     -- its place in the chain: see chain.rs
    digest    BLOB    NOT NULL CHECK (length(digest) = 32),   -- the SHA-256 of its report.json
    snapshot  BLOB    NOT NULL                     -- its report.json in a zlib stream (RFC 1950), whole: no revision needs another
) STRICT;

CREATE INDEX revision_of_report ON revision (report);

-- What a revision was made from: none for a first one, one for an edit, several for a merge.
-- A parent may belong to another report: the copy kept after a conflict stands on a revision of the original.
CREATE TABLE revision_parent (
    revision  BLOB    NOT NULL REFERENCES revision (id),
    place     INTEGER NOT NULL,                    -- the parents' order, from 0; their hashes enter the revision's hash in it
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
