-- Whether a state filed a report for a year; no row where that is not known.
SELECT bool_or(filed)
FROM reports
WHERE country = $country AND year = $year
HAVING count(*) > 0
