-- Entries under the filters given; a NULL filter lets every row pass.
SELECT *
FROM entries
WHERE ($ids IS NULL OR list_contains($ids, id))
  AND ($suppliers IS NULL OR list_contains($suppliers, supplier))
  AND ($recipients IS NULL OR list_contains($recipients, recipient))
  AND ($systems IS NULL OR list_contains($systems, system))
  AND ($categories IS NULL OR list_contains($categories, category))
ORDER BY recipient_name, supplier_name, ordered NULLS LAST, designation, id
