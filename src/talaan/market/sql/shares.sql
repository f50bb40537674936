-- Value, share, rank and deals of each key among rows handed in as three lists of equal length; a NULL key is the unknown one.
WITH given AS (
    SELECT unnest($keys::VARCHAR[]) AS key, unnest($values::DOUBLE[]) AS value, unnest($deals::VARCHAR[]) AS deal
), summed AS (
    SELECT key, coalesce(sum(value), 0) AS value, count(DISTINCT deal) AS deals
    FROM given
    GROUP BY key
)
SELECT
    key,
    value,
    value / nullif(sum(value) OVER (), 0) AS share,
    rank() OVER (ORDER BY value DESC) AS rank,
    deals
FROM summed
ORDER BY value DESC, key NULLS LAST
