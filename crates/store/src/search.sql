-- The words of every report, under the number of its row. The texts themselves are not kept twice (content = ''), but can be replaced.
-- No index of beginnings: it would triple what autosave writes, and the words of a thousand reports are few enough to walk.
CREATE VIRTUAL TABLE search USING fts5 (
    title, reference, body,                        -- the body is every word the report says, not the words of its form
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2"     -- "resume" finds "Résumé"
);
