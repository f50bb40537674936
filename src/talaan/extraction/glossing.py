"""A claim as one plain sentence in English and Filipino: a claim in, sentences by language out (glosses/*.toml are the data).

Each entry names the role that is the subject, the verb as `done` (it happened) and `base` (after *will* or *may*), `not` where
the plain negation would be wrong, and `rest`; a part in square brackets is left out where its role is empty.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from talaan.model.claim import Claim, Mention
from talaan.model.errors import DataError
from talaan.reference.tables import tables

LANGUAGES = ("en", "fil")
MAIN_VALUE = {
    "transfer": "stage",
    "service": "service",
    "joint_project": "kind",
    "capability": "ability",
    "competition": "directness",
    "competitiveness": "dimension",
    "cooperation": "trend",
    "membership": "standing",
    "organisation_relation": "relation",
    "position": "stance",
    "allegation": "adjudication",
    "office": "event",
    "restriction": "event",
}
_PART = re.compile(r"\[([^\[\]]*)\]")
_ROLE = re.compile(r"\{(\w+)\}")


def gloss(claim: Claim) -> dict[str, str]:
    """The claim's sentence in each language there is."""
    return {code: _sentence(claim, _data(code), code) for code in LANGUAGES}


@cache
def _data(code: str) -> Mapping[str, Any]:
    return tomllib.loads(files("talaan.extraction").joinpath("glosses", f"{code}.toml").read_text(encoding="utf-8"))


def _sentence(claim: Claim, data: Mapping[str, Any], code: str) -> str:
    entry = _entry(claim, data)
    words = {role: _names(fillers, data, code) for role, fillers in claim.roles.items()}
    words |= {name: str(data["values"].get(f"{name}.{value}", value)).strip() for name, value in claim.values.items() if value is not None}
    words["quantity"] = f"{claim.quantity.number:,g}" if claim.quantity else ""
    denies = entry.get("has", True) is not False and claim.values.get("has") is False
    frame = _frame(claim, data, negated=claim.negated or denies, entry=entry)
    subject = _filled(f"{{{entry['subject']}}}", words, data)
    body = frame.format(S=subject, done=entry["done"], base=entry["base"], no=entry.get("not", ""), rest="\0")
    sentence = re.sub(r" +", " ", body.replace("\0", _filled(entry["rest"], words, data))).strip()
    sentence = _ROLE.sub(lambda role: words.get(role[1], "") or data["unknown"], sentence)
    for before, after in data.get("persons", {}).items():
        for name in _persons(claim):
            sentence = re.sub(rf"\b{before} (?={re.escape(name)})", f"{after} ", sentence)
    said = _says(claim, data)
    return f"{sentence[:1].upper()}{sentence[1:]}{said}."


def _persons(claim: Claim) -> list[str]:
    """Names of persons that fill a role: some languages mark them by words of their own (`si` for `ang`)."""
    return [filler.name for fillers in claim.roles.values() for filler in fillers if filler.kind == "person" and filler.name]


def _says(claim: Claim, data: Mapping[str, Any]) -> str:
    if claim.speaker is None or not claim.speaker.name:
        return ""
    of_person = str(claim.speaker.ref or "").startswith("person:")
    return str(data["says"] if of_person else data.get("says_other", data["says"])).format(speaker=claim.speaker.name)


def _entry(claim: Claim, data: Mapping[str, Any]) -> Mapping[str, Any]:
    entries = data.get(claim.type)
    if not entries:
        raise DataError(f"There is no gloss for claims of type {claim.type}", where="extraction/glosses")
    value = claim.values.get(MAIN_VALUE.get(claim.type, ""))
    found: Mapping[str, Any] = entries.get(str(value), entries["default"])
    return found


def _frame(claim: Claim, data: Mapping[str, Any], *, negated: bool, entry: Mapping[str, Any]) -> str:
    frames = data["frames"]
    if claim.modality == "denied":
        return str(frames["denied"])
    name = claim.modality if claim.modality in frames else "asserted"
    if negated:
        return str(frames["negated_own"] if name == "asserted" and "not" in entry else frames[f"negated_{name}"])
    return str(frames[name])


def _names(fillers: tuple[Mention, ...], data: Mapping[str, Any], code: str) -> str:
    """Names joined by *and*; a wording keeps its own words, the references inside it are left out."""
    if len(fillers) > 1 and fillers[0].ref is None:
        fillers = fillers[:1]
    names = [_name(filler, code) for filler in fillers]
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + f" {data['and']} {names[-1]}"


def _name(mention: Mention, code: str) -> str:
    if mention.kind == "category":
        category = tables().categories[str(mention.category)]
        return category.name_fil if code == "fil" and category.name_fil else category.plural_en or category.name_en
    return mention.name or f"“{mention.text}”"


def _filled(template: str, words: Mapping[str, str], data: Mapping[str, Any]) -> str:
    """The template with its roles; bracketed parts without their role are dropped, bare empty roles say "somebody"."""
    template = _PART.sub(lambda part: part[1] if all(words.get(role) for role in _ROLE.findall(part[1])) else "", template)
    return _ROLE.sub(lambda role: words.get(role[1]) or str(data["unknown"]), template)
