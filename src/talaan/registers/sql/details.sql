-- Details of the entries with these ids.
SELECT *
FROM details
WHERE list_contains($ids, id)
ORDER BY id
