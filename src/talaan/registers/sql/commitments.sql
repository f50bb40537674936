-- The highest obligation of each directed pair in a year.
SELECT
    first,
    first_number::INTEGER AS first_number,
    second,
    second_number::INTEGER AS second_number,
    year::INTEGER AS year,
    max(level)::INTEGER AS level
FROM rows
WHERE year = $year AND ($countries IS NULL OR list_contains($countries, first)) AND level > 0
GROUP BY rows.first, rows.first_number, rows.second, rows.second_number, rows.year
ORDER BY rows.first_number, rows.second_number
