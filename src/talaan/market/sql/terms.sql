-- Which deals are second-hand, aid or made under licence, by the register's status, licence flag and remarks (three lists of equal
-- length); NULL where the register gives nothing to tell it by. Remarks are the register's own English ("Second-hand; aid; …").
WITH given AS (
    SELECT unnest($ids::VARCHAR[]) AS id, unnest($statuses::VARCHAR[]) AS status,
           unnest($comments::VARCHAR[]) AS comment, unnest($licensed::BOOLEAN[]) AS licensed
)
SELECT
    id,
    CASE WHEN status IS NULL AND NOT $remarks THEN NULL
         ELSE coalesce(status ILIKE 'second%hand%', false) OR coalesce(regexp_matches(comment, '(?i)\bsecond-hand\b'), false) END AS second_hand,
    CASE WHEN NOT $remarks THEN NULL
         ELSE coalesce(regexp_matches(comment, '(?i)\b(aid|gift|donated|donation)\b'), false) END AS aid,
    CASE WHEN licensed IS NULL AND NOT $remarks THEN NULL
         ELSE coalesce(licensed, false) OR coalesce(regexp_matches(comment, '(?i)\b(under|licen[cs]ed) (licen[cs]e|production)\b'), false) END AS licence
FROM given
ORDER BY id
