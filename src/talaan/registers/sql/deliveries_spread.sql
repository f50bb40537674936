-- Deliveries by year where the register gives a deal's total and its years only: the total spread evenly, marked as estimated.
WITH yearly AS (
    SELECT *, unnest(years) AS year, len(years) AS parts
    FROM entries
    WHERE ($suppliers IS NULL OR list_contains($suppliers, supplier))
      AND ($recipients IS NULL OR list_contains($recipients, recipient))
      AND ($categories IS NULL OR list_contains($categories, category))
)
SELECT supplier, recipient, category, year, tiv_delivered / parts AS tiv, number_delivered / parts AS number, parts > 1 AS estimated, id
FROM yearly
WHERE year BETWEEN $first AND $last
ORDER BY year, supplier_name, recipient_name, id
