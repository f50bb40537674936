"""Finished bytes onto the disk: a path and its bytes in, a whole file or the old one out, never half of it."""

import errno
import os
import tempfile
from pathlib import Path

from talaan.model.errors import TalaanError, UsageError

SUFFIXES = (".html", ".csv", ".xlsx", ".json")


def known_suffix(path: Path, allowed: tuple[str, ...] = SUFFIXES) -> str:
    """The suffix of a file to write, in lower case; UsageError lists those there are.

    >>> known_suffix(Path("report.HTML"))
    '.html'
    """
    suffix = path.suffix.lower()
    if suffix not in allowed:
        raise UsageError(f"Cannot write a file that ends in {suffix or 'nothing'!r}", where=str(path), hint="write " + " ".join(allowed))
    return suffix


def write_atomically(path: Path, data: bytes) -> None:
    """Writes the file whole: a temporary file beside it, flushed to the disk, then renamed over it.

    TalaanError where the folder is missing, may not be written, or the disk is full; the old file, if any, stays.
    """
    folder = path.parent
    if path.is_dir():
        raise TalaanError("There is a folder of that name", where=str(path), hint="name a file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=folder)
    except OSError as fault:
        raise _told(fault, path) from fault
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
        part.replace(path)
    except OSError as fault:
        raise _told(fault, path) from fault
    finally:
        part.unlink(missing_ok=True)


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _told(fault: OSError, path: Path) -> TalaanError:
    where = str(path)
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return TalaanError("The folder to write to is missing", where=where, hint="make the folder first, or name another")
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return TalaanError("The file may not be written", where=where, hint="check the permissions, or name another folder")
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return TalaanError("There is no space left on the disk", where=where, hint="free some space and run it again; nothing was replaced")
    return TalaanError(f"The file cannot be written ({fault.strerror})", where=where)
