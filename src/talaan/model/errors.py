"""Every failure talaan reports: what went wrong, where, and what to do about it."""


class TalaanError(Exception):
    """A failure that a user can act on.

    `what` says what is wrong, `where` names the file, line or address, `hint` what to do; unknown parts are empty.

    >>> str(TalaanError("The file is empty", where="a.txt", hint="give a file with text in it"))
    'The file is empty · a.txt · give a file with text in it'
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        return " · ".join(part for part in (self.what, self.where, self.hint) if part)


class UsageError(TalaanError):
    """The command or function was called in a way that cannot work."""

    exit_code = 2


class DataError(TalaanError):
    """One of talaan's own data files is not in the expected form."""


class DocumentError(TalaanError):
    """A document cannot be read."""


class FetchError(DocumentError):
    """A document cannot be fetched from the network."""


class RegisterError(TalaanError):
    """A register export cannot be read, or an edition is damaged."""


class LedgerError(TalaanError):
    """The ledger cannot be opened, read or written."""


class AnswerError(TalaanError):
    """A model's answer file cannot be used."""


class ModelError(TalaanError):
    """A language model cannot be asked; `lasting` where asking again, or for another text, would end the same way."""

    def __init__(self, what: str, *, where: str = "", hint: str = "", lasting: bool = False) -> None:
        super().__init__(what, where=where, hint=hint)
        self.lasting = lasting


class DataFaultsError(DataError):
    """All faults of one set of data files, told at once."""

    def __init__(self, faults: list[DataError]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
