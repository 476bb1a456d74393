-- What the person chose: name, role, theme, where the identity file lies. Never a passphrase.
CREATE TABLE setting (
    key    TEXT NOT NULL PRIMARY KEY,              -- the setting's name
    value  TEXT NOT NULL CHECK (json_valid(value)) -- its value as JSON
) STRICT, WITHOUT ROWID;
