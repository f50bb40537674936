-- Concentration of shares handed in as a list; n counts those above zero.
WITH ranked AS (
    SELECT share, row_number() OVER (ORDER BY share DESC) AS place
    FROM (SELECT unnest($shares::DOUBLE[]) AS share)
    WHERE share > 0
), summed AS (
    SELECT
        sum(share * share) AS hhi,
        sum(share) FILTER (place <= 1) AS cr1,
        sum(share) FILTER (place <= 3) AS cr3,
        sum(share) FILTER (place <= 4) AS cr4,
        count(*) AS n
    FROM ranked
)
SELECT hhi, cr1, cr3, cr4, 1 / nullif(hhi, 0) AS effective, (hhi - 1.0 / nullif(n, 0)) / nullif(1 - 1.0 / nullif(n, 0), 0) AS normalised
FROM summed
ORDER BY hhi
