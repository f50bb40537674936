-- Finger–Kreinin similarity (0–100) of every party with one of them, by shares of classes among rows handed in as three lists of equal
-- length; NULL where one of the two delivered nothing of value.
WITH given AS (
    SELECT unnest($parties::VARCHAR[]) AS party, unnest($classes::VARCHAR[]) AS class, unnest($values::DOUBLE[]) AS value
), summed AS (
    SELECT party, class, sum(value) AS value
    FROM given
    WHERE party IS NOT NULL AND class IS NOT NULL
    GROUP BY party, class
), shared AS (
    SELECT party, class, value / nullif(sum(value) OVER (PARTITION BY party), 0) AS share
    FROM summed
), own AS (
    SELECT class, share FROM shared WHERE party = $focus
)
SELECT
    shared.party,
    CASE WHEN bool_or(shared.share IS NOT NULL) AND (SELECT count(share) FROM own) > 0
         THEN 100 * sum(least(coalesce(own.share, 0), shared.share)) END AS similarity
FROM shared LEFT JOIN own ON own.class = shared.class
WHERE shared.party <> $focus
GROUP BY shared.party
ORDER BY shared.party
