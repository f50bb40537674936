"""Sustainment for the terminal: a figure in, stock, who can, who must turn to whom, how that stands today, and restrictions out."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from talaan.model.figure import Cell, Figure
from talaan.output.cards import plain
from talaan.output.names import name_of
from talaan.output.parts import claim_lines, closing_lines, names
from talaan.output.words import Words, words

SHOWN = 20
_REF_KINDS = ("country:", "system:", "organisation:", "group:", "person:")


def sustainment_view(figure: Figure, *, language: str = "en") -> RenderableType:
    """Who must turn to whom comes first; then stock, holders by ability, exclusivity, restrictions, claims, sources, caveats."""
    say = words(language)
    lines: list[RenderableType] = [Text(sustainment_title(figure, say), style="bold")]
    sections: tuple[tuple[str, Sequence[Mapping[str, Cell]], Callable[[Mapping[str, Cell], Words], str]], ...] = (
        ("turns", figure.parts["turns"], _turn),
        ("proofs", figure.parts["proofs"], _proof),
        ("holders", figure.rows, _holder),
        ("exclusive", figure.parts["exclusive"], _exclusive),
        ("restrictions", _arms(figure.parts["restrictions"]), _restriction),
    )
    lines += _stock(figure, say)
    for name, rows, line in sections:
        lines += _section(say.say(f"sustain.{name}"), [line(row, say) for row in rows], say)
    said = claim_lines(figure, say.say("competitors.said"), say)
    lines += [Text(""), *said] if said else []
    lines.append(Text(""))
    lines += [Text(source, style="dim") for source in figure.sources[1:]]
    return Group(*lines, *closing_lines(figure, say))


def sustainment_title(figure: Figure, say: Words) -> str:
    """What the figure is about, in words."""
    asked = figure.measures["system"]
    system = named(asked, say) if asked else say.say("sustain.all")
    return say.say("sustain.title", system=system, user=named(figure.about, say), year=figure.window[1])


def named(ref: Cell, say: Words) -> str:
    """A reference as people read it; words as they are.

    >>> named("country:KAZ", words("en")), named("some plant", words("en"))
    ('Kazakhstan', 'some plant')
    """
    text = str(ref)
    return plain(name_of(text, language=say.code) or text) if text.startswith((*_REF_KINDS, "category:")) else plain(text)


def in_names(text: str, say: Words) -> str:
    """A text with the references in it replaced by names."""
    return " ".join(_word(word, say) for word in plain(text).split(" "))


def _word(word: str, say: Words) -> str:
    bare = word.strip(";,.:()")
    return word.replace(bare, named(bare, say)) if bare.startswith(_REF_KINDS) else word


def _section(heading: str, told: Iterable[str], say: Words) -> list[RenderableType]:
    lines = list(told)
    if not lines:
        return []
    more = [Text("  " + say.say("sustain.more", number=len(lines) - SHOWN), style="dim")] if len(lines) > SHOWN else []
    return [Text(""), Text(heading, style="bold"), *(Text(f"  {line}") for line in lines[:SHOWN]), *more]


def _stock(figure: Figure, say: Words) -> list[RenderableType]:
    given = {name: _number(figure.measures[name]) for name in ("delivered", "low", "stock", "high")}
    rows = [row for row in figure.parts["stock"] if not row["part"]]
    total = [Text(say.say("sustain.stock", **given))] if figure.measures["stock"] is not None else []
    unknown = [Text(say.say("sustain.stock_unknown"))] if not rows else []
    lines = [_stock_line(row, say) for row in rows]
    more = [Text("  " + say.say("sustain.more", number=len(lines) - SHOWN), style="dim")] if len(lines) > SHOWN else []
    return [*total, *unknown, *(Text(f"  {line}") for line in lines[:SHOWN]), *more]


def _stock_line(row: Mapping[str, Cell], say: Words) -> str:
    given = {name: _number(row[name]) for name in ("delivered", "low", "stock", "high", "age")}
    about = "~" if row["uncertain"] else ""
    given["delivered"] = f"{about}{given['delivered']}"
    suppliers = names(row["suppliers"], say)
    return plain(say.say("sustain.stock_line", designation=row["designation"], years=row["years"], suppliers=suppliers, **given))


def _number(value: Cell) -> str:
    """A number of units or years, with a tenth where it is not whole; a question mark where it is unknown.

    >>> _number(4.5), _number(5.0), _number(None)
    ('4.5', '5', '?')
    """
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, int | float) else "?"


def _turn(row: Mapping[str, Cell], say: Words) -> str:
    given = {key: named(row[key], say) for key in ("dependent", "provider")}
    ability = row["ability"] or row.get("need") or "–"
    system = named(row["system"], say) if row["system"] else "–"
    words_ = {"both": "turn_claimed", "claim": "turn_claim_only", "network": "turn_network"}
    basis = "turn_denied" if row.get("denied") else words_[str(row["basis"])]
    told = say.say("sustain.turn", **given, system=system, ability=plain(str(ability)))
    speaker = row.get("speaker") or say.say("competitors.own_voice")
    source = f" [{speaker} · {row['document']} · {row['published']}]" if row.get("claim") else ""
    quote = f" “{row['quote']}”" if row.get("quote") else ""
    return plain(f"{told}: {say.say(f'sustain.{basis}')}{quote}{source}")


def _proof(row: Mapping[str, Cell], say: Words) -> str:
    return f"{row['point']}: {in_names(str(row['says']), say)}"


def _holder(row: Mapping[str, Cell], say: Words) -> str:
    marks = [say.say("sustain.needed")] if row["needed"] else []
    marks += [say.say("sustain.former")] if row["former"] else []
    marks += [say.say(f"sustain.restricted_{str(row['restricted']).rpartition(' ')[2]}")] if row["restricted"] else []
    rows = say.say("sustain.rows", register=row["register_rows"], claims=row["claims"])
    dates = f"{str(row['first'])[:4]}–{str(row['last'])[:4]}" if row["first"] else say.say("label.date_unknown")
    able = f"{say.label('value', row['ability'])} · {named(row['holder'], say)}: {say.label('said', row['said'])}"
    return f"{named(row['system'], say)} · {able} ({rows}, {dates}){''.join(f' · {mark}' for mark in marks)}"


def _exclusive(row: Mapping[str, Cell], say: Words) -> str:
    found = row["counter_examples"]
    counter = say.say("sustain.counter", holders=names(found, say)) if found else say.say("sustain.no_counter")
    given = {key: named(row[key], say) for key in ("holder", "system", "ability")}
    return say.say("sustain.exclusive_line", **given, counter=counter)


def _arms(rows: Sequence[Mapping[str, Cell]]) -> list[Mapping[str, Cell]]:
    """Arms embargoes and bans, and whatever else binds."""
    return [row for row in rows if row["arms"] or row["binds"]]


def _restriction(row: Mapping[str, Cell], say: Words) -> str:
    since = f", {row['from']}" if row["from"] else ""
    binds = say.say("sustain.binding" if row["binds"] else "sustain.others")
    told = f"{named(row['imposer'], say)} → {named(row['target'], say)}: {say.label('value', row['kind'])}{since}"
    return plain(f"{told} ({row['document'] or row['source']}) · {binds}")
