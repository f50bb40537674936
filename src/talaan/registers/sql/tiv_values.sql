-- Published values under the filters given; a NULL filter lets every row pass.
SELECT direction, supplier, supplier_name, recipient, recipient_name, region, category, total, year::INTEGER, value
FROM rows
WHERE ($direction IS NULL OR direction = $direction)
  AND ($suppliers IS NULL OR list_contains($suppliers, supplier))
  AND ($recipients IS NULL OR list_contains($recipients, recipient))
  AND year BETWEEN $first AND $last
