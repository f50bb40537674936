"""Reports from the UN Register's site: a way to get an address in, a folder of report pages and the index of who reported out."""

import json
import time
from collections.abc import Callable, Collection
from pathlib import Path

from talaan.model.errors import RegisterError
from talaan.registers.parties import party_ref
from talaan.registers.publication import register_toml

FOLDER = "unroca"
INDEX = "years.json"
PAUSE = 0.5


def fetch_reports(
    get: Callable[[str], bytes],
    folder: Path,
    *,
    countries: Collection[str] | None = None,
    years: Collection[int] | None = None,
    base: str | None = None,
    pause: float = PAUSE,
) -> list[Path]:
    """The files in `folder`: the index of who reported, and one page for each report of these countries (references) and years.

    None: all of them, which are several thousand pages. Between two addresses `pause` seconds pass. A page that is there already
    is not fetched again, so that a stopped run goes on; the index covers the countries asked for.
    RegisterError where the site answers in another form than it did.
    """
    site = (base or str(register_toml(FOLDER)["address"])).rstrip("/")
    get = _slowly(get, pause)
    folder.mkdir(parents=True, exist_ok=True)
    slugs = [slug for slug in _slugs(get, site) if countries is None or party_ref(slug) in countries]
    index = [(slug, _years(get, site, slug)) for slug in slugs]
    written = [folder / INDEX]
    _write(written[0], json.dumps([{"country": slug, "years": [{"year": year} for year in found]} for slug, found in index]).encode())
    for slug, found in index:
        for year in found:
            if years is None or year in years:
                page = folder / f"{slug}-{year}.html"
                if not page.exists():
                    _write(page, get(f"{site}/{slug}/report/{year}/"))
                written.append(page)
    return written


def _slowly(get: Callable[[str], bytes], pause: float) -> Callable[[str], bytes]:
    """The same way to get an address, with a pause after each."""

    def got(address: str) -> bytes:
        content = get(address)
        time.sleep(pause)
        return content

    return got


def _slugs(get: Callable[[str], bytes], site: str) -> list[str]:
    """The names of countries in the site's addresses."""
    address = f"{site}/api/country-list"
    try:
        return sorted({str(row["countryname_slug"]) for row in json.loads(get(address))})
    except (ValueError, KeyError, TypeError) as error:
        raise _changed(address) from error


def _years(get: Callable[[str], bytes], site: str, slug: str) -> list[int]:
    """The years a country reported for."""
    address = f"{site}/api/{slug}"
    try:
        return sorted({int(row["year"]) for row in json.loads(get(address)).get("available_reports", [])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _changed(address) from error


def _changed(address: str) -> RegisterError:
    return RegisterError("The site answers in another form than it did", where=address, hint="save the report pages by hand and load those")


def _write(path: Path, content: bytes) -> None:
    """The file, whole or not at all."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
