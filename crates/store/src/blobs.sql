-- Evidence and pictures, each once, whichever reports cite it. Nothing is deleted: a revision of long ago may still need it.
CREATE TABLE blob (
    sha256      BLOB    NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),   -- the SHA-256 of the bytes, checked whenever they are read
    media_type  TEXT    NOT NULL,                  -- as it was said when the bytes were first stored ("image/png")
    size        INTEGER NOT NULL CHECK (size = length(bytes)),   -- in bytes, so that nobody reads them only to count them
    bytes       BLOB    NOT NULL                   -- as they came; pictures and archives are packed already
) STRICT;
