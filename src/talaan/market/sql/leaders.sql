-- Who delivered most of each class in each stretch of years, and the share of one party, among rows handed in as lists of equal length.
WITH given AS (
    SELECT unnest($parties::VARCHAR[]) AS party, unnest($classes::VARCHAR[]) AS class,
           unnest($years::INTEGER[]) AS year, unnest($values::DOUBLE[]) AS value
), summed AS (
    SELECT class, (year - $first) // $width AS slot, party, sum(value) AS value
    FROM given
    WHERE class IS NOT NULL
    GROUP BY ALL
), shared AS (
    SELECT *, value / nullif(sum(value) OVER (PARTITION BY class, slot), 0) AS share
    FROM summed
), ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY class, slot ORDER BY value DESC, party NULLS LAST) AS place,
        coalesce(max(share) FILTER (party = $focus) OVER (PARTITION BY class, slot), 0) AS own
    FROM shared
)
SELECT class, slot, party, share, own
FROM ranked
WHERE place = 1
ORDER BY class, slot
