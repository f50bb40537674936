-- Deliveries by year as the register states them.
SELECT supplier, recipient, category, year, tiv, number, false AS estimated, id
FROM deliveries JOIN entries ON entries.id = deliveries.deal
WHERE ($suppliers IS NULL OR list_contains($suppliers, supplier))
  AND ($recipients IS NULL OR list_contains($recipients, recipient))
  AND ($categories IS NULL OR list_contains($categories, category))
  AND year BETWEEN $first AND $last
ORDER BY year, supplier_name, recipient_name, id
