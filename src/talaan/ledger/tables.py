"""The ledger's tables and views as SQLAlchemy sees them; sql/ is what makes them, a test holds the two together."""

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, Table, Text

metadata = MetaData()


def _table(name: str, *, integers: str = "", texts: str = "", booleans: str = "", floats: str = "", key: str = "") -> Table:
    """A table from lists of column names; columns of the key are marked."""
    kinds = ((integers, Integer), (texts, Text), (booleans, Boolean), (floats, Float))
    columns: list[Column[object]] = [
        Column(column, kind(), primary_key=column in key.split()) for names, kind in kinds for column in names.split()
    ]
    return Table(name, metadata, *columns)


_DOCUMENT = (
    "id path url title language publisher published_from published_to published_precision published_mention raw_hash media_type encoding"
    " document_notes notes dropped"
)
_CLAIM = (
    "id type closed_values modality reader role_names speaker_ref speaker_name speaker quantity money time_from time_to time_precision"
    " time_mention gloss extractor lead folded_speaker folded_text"
)
_LEAD = "id grade quote types mentions entries other_deals claims"

runs = _table(
    "runs", integers="number", texts="versions program reader language_data reference_data instructions answers edition time", key="number"
)
texts = _table("texts", texts="id text", key="id")
documents = _table("documents", integers="number run characters", texts=_DOCUMENT, key="number")
claims = _table(
    "claims", integers="document position run", texts=_CLAIM, booleans="negated optional", floats="confidence", key="document position"
)
roles = _table(
    "roles",
    integers="document claim position run begins ends",
    texts="role text ref name country category",
    booleans="metonym guessed",
    key="document claim role position",
)
quotes = _table("quotes", integers="document claim position run begins ends", texts="text prefix suffix", key="document claim position")
verdicts = _table(
    "verdicts",
    integers="document claim position run",
    texts="register edition verdict reason rule entries nearest fields trace",
    key="document claim position",
)
leads = _table("leads", integers="document position run", texts=_LEAD, floats="score", key="document position")
reviews = _table("reviews", integers="number", texts="document claim reviewer judgement note time", key="number")

latest_documents = _table("latest_documents", integers="number run characters", texts=_DOCUMENT + " text")
latest_claims = _table(
    "latest_claims", integers="document position run", texts=_CLAIM + " document_id", booleans="negated optional", floats="confidence"
)
latest_leads = _table("latest_leads", integers="document position run", texts=_LEAD + " document_id", floats="score")
latest_reviews = _table("latest_reviews", integers="number", texts="document claim reviewer judgement note time")
