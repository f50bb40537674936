-- Ideal points of states by year.
SELECT country, number::INTEGER, year::INTEGER, point, point_final_passage, votes::INTEGER
FROM rows
WHERE ($countries IS NULL OR list_contains($countries, country)) AND year BETWEEN $first AND $last
ORDER BY year, number
