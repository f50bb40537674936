"""`talaan doctor`: every fault of reference and language data, and how much of it has a source."""

import typer

from talaan.cli.options import HomeOption, home_folder


def doctor(home: HomeOption = None) -> None:
    """Look for faults in reference tables, language data and register editions; say what has a source and which patterns are live."""
    from talaan.extraction.doctor import language_faults
    from talaan.extraction.readers.builtin.reader import live_types
    from talaan.reference.doctor import reference_faults, source_counts
    from talaan.reference.tables import tables
    from talaan.registers import editions

    faults = [*reference_faults(tables()), *language_faults(tables())]
    for name, (rows, unsourced) in source_counts().items():
        print(f"{name}: {rows} rows, {unsourced} unsourced")
    for edition in editions(home_folder(home)):
        print(f"{edition.register} {edition.id}: {edition.rows} rows, {len(edition.set_aside)} lines set aside")
    for code, types in live_types().items():
        print(f"builtin claims, {code}: {', '.join(types) or 'none live, all patterns rest'}")
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    if faults:
        raise typer.Exit(1)
