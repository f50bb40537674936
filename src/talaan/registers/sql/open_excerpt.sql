-- The bundled excerpt (CSV in talaan's own columns) as entries in memory; remarks are not part of it.
CREATE TABLE entries AS
SELECT
    id, supplier, supplier_name, recipient, recipient_name, designation, description, category, system,
    ordered::SMALLINT AS ordered,
    ordered_uncertain::BOOLEAN AS ordered_uncertain,
    number_ordered::INTEGER AS number_ordered,
    number_ordered_uncertain::BOOLEAN AS number_ordered_uncertain,
    number_delivered::INTEGER AS number_delivered,
    number_delivered_uncertain::BOOLEAN AS number_delivered_uncertain,
    coalesce(string_split(years, ';'), [])::SMALLINT[] AS years,
    status,
    NULL::VARCHAR AS comment,
    NULL::BOOLEAN AS licensed,
    tiv_unit::DOUBLE AS tiv_unit,
    tiv_ordered::DOUBLE AS tiv_ordered,
    tiv_delivered::DOUBLE AS tiv_delivered
FROM read_csv($path, header = true, all_varchar = true, delim = ',', quote = '"', nullstr = '')
