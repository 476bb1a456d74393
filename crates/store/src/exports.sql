-- Which files were made from which revision. An entry tells what was written at the time, not where the file is now.
CREATE TABLE export (
    number    INTEGER NOT NULL PRIMARY KEY,        -- the order in which they were made
    report    BLOB    NOT NULL REFERENCES report (id),
    revision  BLOB    NOT NULL REFERENCES revision (id),   -- the revision that was printed
    kind      TEXT    NOT NULL CHECK (kind IN ('draft', 'signed')),
    signer    TEXT,                                -- who signed, as the certificate names them; none for a draft
    path      TEXT    NOT NULL,                    -- where it was written, as it was shown to the person
    sha256    BLOB    NOT NULL CHECK (length(sha256) = 32),   -- of the whole file, so that it is known again
    size      INTEGER NOT NULL,                    -- in bytes
    at_ms     INTEGER NOT NULL                     -- when
) STRICT;

CREATE INDEX export_of_report ON export (report);
CREATE INDEX export_by_sha256 ON export (sha256);
