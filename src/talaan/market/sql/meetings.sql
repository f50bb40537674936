-- Classes in which a party and another one delivered within so many years of each other, with what each delivered and when.
WITH given AS (
    SELECT unnest($parties::VARCHAR[]) AS party, unnest($classes::VARCHAR[]) AS class,
           unnest($years::INTEGER[]) AS year, unnest($values::DOUBLE[]) AS value
), known AS (
    SELECT * FROM given WHERE party IS NOT NULL AND class IS NOT NULL
), summed AS (
    SELECT party, class, min(year) AS first, max(year) AS last, sum(value) AS value
    FROM known
    GROUP BY party, class
), yearly AS (
    SELECT DISTINCT party, class, year FROM known
), met AS (
    SELECT rival.party, rival.class, min(abs(rival.year - own.year)) AS apart
    FROM yearly AS rival JOIN yearly AS own ON own.class = rival.class
    WHERE own.party = $focus AND rival.party <> $focus
    GROUP BY rival.party, rival.class
)
SELECT met.party, met.class, met.apart, own.first, own.last, own.value, rival.first, rival.last, rival.value
FROM met
JOIN summed AS own ON own.party = $focus AND own.class = met.class
JOIN summed AS rival ON rival.party = met.party AND rival.class = met.class
WHERE met.apart <= $within
ORDER BY met.party, met.class
