"""A doubtful file read in a process of its own: bytes in, strings out, within limits of time and memory.

Parsers written in C can hang, swell or crash on a file made for that; here only the child process does.
Run as `python -m talaan.documents.isolated KIND [ADDRESS]`, with the bytes on standard input.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import BinaryIO, Literal

from talaan.model.errors import DocumentError

Kind = Literal["html", "pdf"]
MEMORY = 2 * 1024**3
Strings = list[str | None]


def read_isolated(kind: Kind, raw: bytes, where: str, *, seconds: float, address: str | None = None) -> Strings:
    """What the reader of that kind makes of the bytes; DocumentError with its words, or when it fails or takes too long."""
    command = [sys.executable, "-m", "talaan.documents.isolated", kind, *([address] if address else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "TALAAN_SECONDS": str(int(seconds) + 1)}
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=seconds, env=environment, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"Reading it took longer than {seconds:.0f} s", where=where, hint="save its text to a .txt file") from None
    if done.returncode:
        raise DocumentError("Its reader broke down over it", where=where, hint="save its text to a .txt file")
    answer = json.loads(done.stdout)
    if isinstance(answer, dict):
        raise DocumentError(answer["what"], where=where, hint=answer["hint"])
    return [part if isinstance(part, str) else None for part in answer]


def answer_to(arguments: Sequence[str], stdin: BinaryIO) -> str:
    """The child's answer as JSON: a list of strings, or what is wrong and a hint."""
    kind, address = arguments[0], arguments[1] if len(arguments) > 1 else None
    try:
        return json.dumps(_read(kind, stdin.read(), address))
    except DocumentError as fault:
        return json.dumps({"what": fault.what, "hint": fault.hint})


def _read(kind: str, raw: bytes, address: str | None) -> Strings:
    if kind == "pdf":
        from talaan.documents.pdf import pdf_text

        text, notes = pdf_text(raw, "")
        return [text, *notes]
    from talaan.documents.html import extract

    return extract(raw.decode("utf-8"), address)


def _limit(seconds: int) -> None:
    """Limits of memory and of computing time, where the system has them."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    _limit(int(os.environ.get("TALAAN_SECONDS", "60")))
    sys.stdout.write(answer_to(sys.argv[1:], sys.stdin.buffer))
