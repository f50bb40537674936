-- An edition's yearly values in memory.
CREATE TABLE deliveries AS
SELECT deal, year, number, tiv FROM read_parquet($path)
