-- One row a document; the columns are those of the output contract. Closed values stand as text beside each other.
COPY (
  SELECT document, claims, leads, entries, notes, dropped, error
  FROM read_json($source, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    document: 'STRUCT(id VARCHAR, path VARCHAR, language VARCHAR, title VARCHAR, url VARCHAR, published VARCHAR, characters BIGINT, publisher VARCHAR, encoding VARCHAR, media_type VARCHAR, raw_hash VARCHAR, notes VARCHAR[], text VARCHAR)',
    claims: 'STRUCT(id VARCHAR, type VARCHAR, stage VARCHAR, basis VARCHAR, service VARCHAR, kind VARCHAR, ability VARCHAR, has BOOLEAN, exclusive BOOLEAN, directness VARCHAR, rank VARCHAR, dimension VARCHAR, level VARCHAR, field VARCHAR, trend VARCHAR, standing VARCHAR, relation VARCHAR, stance VARCHAR, offence VARCHAR, adjudication VARCHAR, repeated BOOLEAN, event VARCHAR, modality VARCHAR, negated BOOLEAN, optional BOOLEAN, reader VARCHAR, roles MAP(VARCHAR, STRUCT(ref VARCHAR, name VARCHAR, country VARCHAR, category VARCHAR, text VARCHAR, "start" BIGINT, "end" BIGINT, metonym BOOLEAN, guessed BOOLEAN)[]), quantity STRUCT(number DOUBLE, unit VARCHAR, about BOOLEAN, text VARCHAR, "start" BIGINT, "end" BIGINT), value STRUCT(amount DOUBLE, currency VARCHAR, text VARCHAR, "start" BIGINT, "end" BIGINT), "when" STRUCT("from" VARCHAR, "to" VARCHAR, precision VARCHAR, text VARCHAR, "start" BIGINT, "end" BIGINT), speaker STRUCT(ref VARCHAR, name VARCHAR, role VARCHAR, organisation VARCHAR, text VARCHAR, "start" BIGINT, "end" BIGINT), quote STRUCT(text VARCHAR, "start" BIGINT, "end" BIGINT, prefix VARCHAR, suffix VARCHAR), also STRUCT(text VARCHAR, "start" BIGINT, "end" BIGINT, prefix VARCHAR, suffix VARCHAR)[], gloss MAP(VARCHAR, VARCHAR), confidence DOUBLE, extractor VARCHAR, lead VARCHAR, verdicts STRUCT(register VARCHAR, edition VARCHAR, verdict VARCHAR, reason VARCHAR, rule VARCHAR, entries VARCHAR[], nearest VARCHAR[], fields MAP(VARCHAR, DOUBLE))[])[]',
    leads: 'STRUCT(id VARCHAR, quote STRUCT(text VARCHAR, "start" BIGINT, "end" BIGINT, prefix VARCHAR, suffix VARCHAR), types JSON, mentions STRUCT(ref VARCHAR, name VARCHAR, country VARCHAR, category VARCHAR, text VARCHAR, "start" BIGINT, "end" BIGINT, metonym BOOLEAN, guessed BOOLEAN)[], entries STRUCT(id VARCHAR, "from" VARCHAR, guessed BOOLEAN)[], other_deals VARCHAR, claims VARCHAR[], grade VARCHAR, score DOUBLE)[]',
    entries: 'JSON',
    notes: 'VARCHAR[]',
    dropped: 'VARCHAR[]',
    error: 'VARCHAR'
  })
) TO $target (FORMAT parquet, COMPRESSION zstd);
