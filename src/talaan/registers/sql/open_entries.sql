-- An edition's entries in memory, columns in the order of model.Entry.
CREATE TABLE entries AS
SELECT
    id, supplier, supplier_name, recipient, recipient_name, designation, description, category, system, ordered, ordered_uncertain,
    number_ordered, number_ordered_uncertain, number_delivered, number_delivered_uncertain, years, status, comment, licensed,
    tiv_unit, tiv_ordered, tiv_delivered
FROM read_parquet($path)
