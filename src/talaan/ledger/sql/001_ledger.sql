-- The ledger's first shape. {identity} is the key that the database counts up itself.
-- A row of `documents` is one reading of one text by one run; claims, leads and what hangs on them belong to that reading.

CREATE TABLE runs (
    number {identity},
    versions TEXT NOT NULL,
    program TEXT NOT NULL,
    reader TEXT NOT NULL,
    language_data TEXT NOT NULL,
    reference_data TEXT NOT NULL,
    instructions TEXT,
    answers TEXT,
    edition TEXT,
    time TEXT NOT NULL,
    UNIQUE (versions, time)
);

CREATE TABLE texts (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

CREATE TABLE documents (
    number {identity},
    run INTEGER NOT NULL REFERENCES runs (number),
    id TEXT NOT NULL REFERENCES texts (id),
    path TEXT NOT NULL,
    url TEXT,
    title TEXT,
    language TEXT,
    publisher TEXT,
    published_from TEXT,
    published_to TEXT,
    published_precision TEXT,
    published_mention TEXT,
    characters INTEGER NOT NULL,
    raw_hash TEXT NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT,
    document_notes TEXT NOT NULL,
    notes TEXT NOT NULL,
    dropped TEXT NOT NULL
);
CREATE INDEX documents_by_id ON documents (id, number);
CREATE INDEX documents_by_path ON documents (path);

CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents (number),
    position INTEGER NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    closed_values TEXT NOT NULL,
    modality TEXT NOT NULL,
    negated BOOLEAN NOT NULL,
    optional BOOLEAN NOT NULL,
    reader TEXT NOT NULL,
    role_names TEXT NOT NULL,
    speaker_ref TEXT,
    speaker_name TEXT,
    speaker TEXT,
    quantity TEXT,
    money TEXT,
    time_from TEXT,
    time_to TEXT,
    time_precision TEXT,
    time_mention TEXT,
    gloss TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    extractor TEXT NOT NULL,
    lead TEXT,
    folded_speaker TEXT NOT NULL,
    folded_text TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_type ON claims (type);

CREATE TABLE roles (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    text TEXT NOT NULL,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    ref TEXT,
    name TEXT,
    country TEXT,
    category TEXT,
    metonym BOOLEAN NOT NULL,
    guessed BOOLEAN NOT NULL,
    PRIMARY KEY (document, claim, role, position),
    FOREIGN KEY (document, claim) REFERENCES claims (document, position)
);
CREATE INDEX roles_by_ref ON roles (ref);
CREATE INDEX roles_by_country ON roles (country);

CREATE TABLE quotes (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    position INTEGER NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    text TEXT NOT NULL,
    begins INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    PRIMARY KEY (document, claim, position),
    FOREIGN KEY (document, claim) REFERENCES claims (document, position)
);

CREATE TABLE verdicts (
    document INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    position INTEGER NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    register TEXT NOT NULL,
    edition TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    rule TEXT NOT NULL,
    entries TEXT NOT NULL,
    nearest TEXT NOT NULL,
    fields TEXT NOT NULL,
    trace TEXT NOT NULL,
    PRIMARY KEY (document, claim, position),
    FOREIGN KEY (document, claim) REFERENCES claims (document, position)
);
CREATE INDEX verdicts_by_word ON verdicts (verdict);

CREATE TABLE leads (
    document INTEGER NOT NULL REFERENCES documents (number),
    position INTEGER NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (number),
    id TEXT NOT NULL,
    grade TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    quote TEXT NOT NULL,
    types TEXT NOT NULL,
    mentions TEXT NOT NULL,
    entries TEXT NOT NULL,
    other_deals TEXT,
    claims TEXT NOT NULL,
    PRIMARY KEY (document, position)
);

CREATE TABLE reviews (
    number {identity},
    document TEXT NOT NULL,
    claim TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    judgement TEXT NOT NULL,
    note TEXT,
    time TEXT NOT NULL
);
CREATE INDEX reviews_by_claim ON reviews (claim, number);

CREATE VIEW latest_documents AS
SELECT documents.*, texts.text
FROM documents JOIN texts ON texts.id = documents.id
WHERE NOT EXISTS (SELECT 1 FROM documents AS later WHERE later.id = documents.id AND later.number > documents.number);

CREATE VIEW latest_claims AS
SELECT claims.*, documents.id AS document_id
FROM claims JOIN documents ON documents.number = claims.document
WHERE NOT EXISTS (SELECT 1 FROM documents AS later WHERE later.id = documents.id AND later.number > documents.number);

CREATE VIEW latest_leads AS
SELECT leads.*, documents.id AS document_id
FROM leads JOIN documents ON documents.number = leads.document
WHERE NOT EXISTS (SELECT 1 FROM documents AS later WHERE later.id = documents.id AND later.number > documents.number);

CREATE VIEW latest_verdicts AS
SELECT verdicts.*, latest_claims.id AS claim_id, latest_claims.document_id
FROM verdicts JOIN latest_claims ON latest_claims.document = verdicts.document AND latest_claims.position = verdicts.claim;

CREATE VIEW latest_reviews AS
SELECT reviews.*
FROM reviews
WHERE NOT EXISTS (SELECT 1 FROM reviews AS later WHERE later.document = reviews.document AND later.claim = reviews.claim AND later.number > reviews.number);
