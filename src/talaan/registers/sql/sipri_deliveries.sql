-- Staged per-year columns in, one row per deal and delivery year out.
SELECT
    id AS deal,
    year::SMALLINT AS year,
    coalesce(year_uncertain::BOOLEAN, false) AS year_uncertain,
    number::INTEGER AS number,
    coalesce(number_uncertain::BOOLEAN, false) AS number_uncertain,
    tiv::DOUBLE AS tiv
FROM staged
ORDER BY place
