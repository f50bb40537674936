-- Staged per-deal columns in, entries out: types and column order of talaan's own schema.
SELECT
    id, supplier, supplier_name, recipient, recipient_name, designation, description, category, system,
    ordered::SMALLINT AS ordered,
    ordered_uncertain::BOOLEAN AS ordered_uncertain,
    number_ordered::INTEGER AS number_ordered,
    number_ordered_uncertain::BOOLEAN AS number_ordered_uncertain,
    number_delivered::INTEGER AS number_delivered,
    number_delivered_uncertain::BOOLEAN AS number_delivered_uncertain,
    coalesce(string_split(years, ';'), [])::SMALLINT[] AS years,
    status, comment,
    NULL::BOOLEAN AS licensed,
    tiv_unit::DOUBLE AS tiv_unit,
    tiv_ordered::DOUBLE AS tiv_ordered,
    tiv_delivered::DOUBLE AS tiv_delivered
FROM staged
