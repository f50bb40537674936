-- Staged per-deal columns in, entries out: types and column order of talaan's own schema; a flag that the layout lacks is not set.
SELECT
    id, supplier, supplier_name, recipient, recipient_name, designation, description, category, system,
    ordered::SMALLINT AS ordered,
    coalesce(ordered_uncertain::BOOLEAN, false) AS ordered_uncertain,
    number_ordered::INTEGER AS number_ordered,
    coalesce(number_ordered_uncertain::BOOLEAN, false) AS number_ordered_uncertain,
    number_delivered::INTEGER AS number_delivered,
    coalesce(number_delivered_uncertain::BOOLEAN, false) AS number_delivered_uncertain,
    coalesce(string_split(years, ';'), [])::SMALLINT[] AS years,
    status, comment,
    licensed::BOOLEAN AS licensed,
    tiv_unit::DOUBLE AS tiv_unit,
    tiv_ordered::DOUBLE AS tiv_ordered,
    tiv_delivered::DOUBLE AS tiv_delivered
FROM staged
