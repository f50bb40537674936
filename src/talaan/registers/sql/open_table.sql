-- A table of an edition in memory, in the order it was written.
CREATE TABLE rows AS
SELECT * FROM read_parquet($path)
