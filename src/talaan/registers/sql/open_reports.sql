-- Which state filed a report for which year, in memory.
CREATE TABLE reports AS
SELECT country, year, filed FROM read_parquet($path)
