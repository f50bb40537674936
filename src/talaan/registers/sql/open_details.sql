-- What a register says of its entries beyond talaan's own columns, in memory.
CREATE TABLE details AS
SELECT * FROM read_parquet($path)
