-- Staged per-year columns in, one entry per deal out: years joined, numbers and TIV added up.
SELECT
    id,
    first(supplier ORDER BY place) AS supplier,
    first(supplier_name ORDER BY place) AS supplier_name,
    first(recipient ORDER BY place) AS recipient,
    first(recipient_name ORDER BY place) AS recipient_name,
    first(designation ORDER BY place) AS designation,
    first(description ORDER BY place) AS description,
    first(category ORDER BY place) AS category,
    first(system ORDER BY place) AS system,
    first(ordered ORDER BY place)::SMALLINT AS ordered,
    coalesce(bool_or(ordered_uncertain::BOOLEAN), false) AS ordered_uncertain,
    NULL::INTEGER AS number_ordered,
    false AS number_ordered_uncertain,
    sum(number::INTEGER)::BIGINT AS number_delivered,
    coalesce(bool_or(number_uncertain::BOOLEAN), false) AS number_delivered_uncertain,
    list(year::SMALLINT ORDER BY year) AS years,
    first(status ORDER BY place) AS status,
    NULL::VARCHAR AS comment,
    bool_or(licensed::BOOLEAN) AS licensed,
    first(tiv_unit ORDER BY place)::DOUBLE AS tiv_unit,
    NULL::DOUBLE AS tiv_ordered,
    round(sum(tiv::DOUBLE ORDER BY year), 6) AS tiv_delivered
FROM staged
GROUP BY id
ORDER BY min(place)
