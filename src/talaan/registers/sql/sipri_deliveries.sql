-- Staged per-year columns in, one row per deal and delivery year out.
SELECT
    id AS deal,
    year::SMALLINT AS year,
    year_uncertain::BOOLEAN AS year_uncertain,
    number::INTEGER AS number,
    number_uncertain::BOOLEAN AS number_uncertain,
    tiv::DOUBLE AS tiv
FROM staged
ORDER BY place
