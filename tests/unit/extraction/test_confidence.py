"""How sure claims are said to be."""

from talaan.extraction.confidence import confidence


def test_a_model_is_as_sure_as_it_was_measured_and_a_proven_pattern_surer() -> None:
    assert confidence("llm", "transfer") == 0.8
    assert confidence("llm", "transfer") < confidence("builtin", "office") < 1


def test_a_reader_that_was_never_measured_is_as_likely_right_as_wrong() -> None:
    assert confidence("person", "transfer") == 0.5
