-- The staged file (tabs, no quotes, no header) as `staged`, all text; stands before the statements that read it.
WITH staged AS (
    SELECT *, row_number() OVER () AS place
    FROM read_csv($path, delim = '\t', quote = '', escape = '', header = false, auto_detect = false, columns = $columns, nullstr = '', new_line = '\n')
)
