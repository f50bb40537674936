"""Texts are cut without loss, however marks nest and overlap."""

from hypothesis import given
from hypothesis import strategies as st

from talaan.output.marks import Span, pieces


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6), st.integers(0, 5))
def test_pieces_give_the_text_back_and_cover_what_the_spans_cover(text: str, ends: list[tuple[int, int]], first: int) -> None:
    spans = [Span(str(number), start, end) for number, (start, end) in enumerate(ends)]
    found = pieces(text, spans, first=first)
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        place = piece.start
        assert set(piece.covers) == {span.key for span in spans if max(span.start, first) <= place < span.end}
        assert text[piece.start - first : piece.start - first + len(piece.text)] == piece.text
    kept = {span.key for span in spans if max(span.start, first) < min(span.end, first + len(text))}
    assert [sorted(key for piece in found for key in piece.begins)] == [sorted(kept)]
    assert [sorted(key for piece in found for key in piece.ends)] == [sorted(kept)]


def test_the_longer_of_two_that_begin_together_comes_first() -> None:
    assert pieces("abcd", [Span("inner", 0, 2), Span("outer", 0, 4)])[0].covers == ("outer", "inner")
