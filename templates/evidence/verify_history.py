#!/usr/bin/env python3
"""Verifies what an office recorded, without the office's program: Python 3.9 or later and the package `cryptography`.

    python3 verify_history.py HISTORY [--checkpoints FILE] [--key FILE]
    python3 verify_history.py PACKAGE [--key FILE]

HISTORY is what `./admin.py audit verify --export` wrote (JSON lines, packed where the name ends in .gz), PACKAGE what
`./admin.py evidence` wrote (a zip, or the folder it was unpacked into). FILE after --checkpoints is the office's file
of signed checkpoints, FILE after --key its public key (PEM), which you should have from somebody else than whoever gave
you the rest. It ends with 0 where everything is as it was recorded and signed, 1 where something is not (the first of
it is named), 2 where it cannot be read. --json prints one object; --lang ja|en chooses the language.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import struct
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import IO, Any, Dict, Iterable, Iterator, List, Optional, Set, Tuple

COVERED = (
    "form", "case", "seq", "at", "transition", "source", "target", "actor", "cause", "definition", "version",
    "revision", "details", "commitment", "prev_hash",
)  # fmt: skip
EVENT = ("seq", "at", "what", "actor", "details", "prev_hash")
WITHHELD = ["commitment", "details"]  # of a row of a package that names another case
SIGNS, SIGNS_PACKAGE = b"madoguchi checkpoint c1\n", b"madoguchi evidence e1\n"
MOST = 1 << 28  # bytes of a package's history or list
KEPT = struct.Struct(">I32sI")
written = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode

WORDS: Dict[str, Tuple[str, str]] = {
    "ok": (
        "{cases} 件の履歴 {rows} 行と窓口の記録 {events} 行は、記録されたとおりです。",
        "As recorded: every row of history ({rows}, of cases: {cases}) and of the office's log ({events}).",
    ),
    "signed": (
        "検証点 {lines} 件の署名と一致します（鍵 {keys}）。",
        "As signed: every row that checkpoints name ({lines}, key {keys}).",
    ),
    "key_taken": (
        "鍵は、ほかの経路で受け取った公開鍵と照らし合わせてください（--key）。",
        "Compare the key with the one you have from elsewhere (--key).",
    ),
    "unsigned": (
        "検証点は照らし合わせていません（--checkpoints）。全体を作り直されていても分かりません。",
        "No checkpoints were given (--checkpoints): a history made anew as a whole would not show.",
    ),
    "given_up": (
        "署名済みの {count} 行は、バックアップから戻した際に失われたと責任者（{by}）が記録しています：{why}",
        "{count} signed rows are gone; a lead ({by}) answers for them: {why}",
    ),
    "pieces": (
        "検証点のファイルに書きかけの行が {count} 行あります。",
        "{count} unfinished lines in the file of checkpoints.",
    ),
    "package": (
        "ファイル {files} 件は、署名された一覧のとおりです（鍵 {list_key}）。",
        "As listed and signed: every file ({files}, key {list_key}).",
    ),
    "withheld": (
        "ほかの請求に触れる {withheld} 行の内容を伏せています。位置はハッシュで確かめました（残りの項目は未確認）。",
        "Other cases are named in rows withheld ({withheld}): hashes prove their places, and no more of them.",
    ),
    "altered": (
        "{case} の {seq} 行目が書き換えられたか、失われたか、順序が違います。",
        "{case}, row {seq}: altered, missing or out of place.",
    ),
    "cut": (
        "{case} の履歴が、請求の示す {seq} 行目で終わっていません。",
        "{case}: its history does not end at row {seq}, as its case says.",
    ),
    "of_no_case": (
        "どの請求のものでもない履歴の行があります（{seq} 行目）。",
        "row {seq} of a history belongs to no case.",
    ),
    "rewritten": (
        "{case} の履歴が {seq} 行目までの間で、検証点 {checkpoint} の署名の後に書き換えられました。",
        "{case}: rewritten, up to row {seq}, after checkpoint {checkpoint} had signed it.",
    ),
    "signed_gone": (
        "{case}：検証点 {checkpoint} は {seq} 行目に署名していますが、履歴は {end} 行目で終わっています。",
        "{case}: checkpoint {checkpoint} signed row {seq}, and its history ends at row {end}.",
    ),
    "signed_case_gone": (
        "{case}：検証点 {checkpoint} は {seq} 行目に署名していますが、この請求がありません。",
        "{case}: checkpoint {checkpoint} signed row {seq}, and there is no such case.",
    ),
    "log_broken": (
        "窓口の記録の {seq} 行目が書き換えられたか、失われたか、順序が違います。",
        "the office's log, row {seq}: altered, missing or out of place.",
    ),
    "log_cut": (
        "窓口の記録が {seq} 行目で終わっていません。",
        "the office's log does not end at row {seq}, as it says.",
    ),
    "log_forgotten": (
        "{case} の知る窓口の記録の {seq} 行目がありません。",
        "the office's log has no row {seq} as {case} knows it.",
    ),
    "log_rewritten": (
        "窓口の記録が {seq} 行目までの間で、検証点 {checkpoint} の署名の後に書き換えられました。",
        "the office's log was rewritten, up to row {seq}, after checkpoint {checkpoint} had signed it.",
    ),
    "log_signed_gone": (
        "検証点 {checkpoint} は窓口の記録の {seq} 行目に署名していますが、記録は {end} 行目で終わっています。",
        "checkpoint {checkpoint} signed row {seq} of the office's log, which ends at row {end}.",
    ),
    "line_unsigned": (
        "検証点のファイルの {line} 行目は、署名と合いません。",
        "line {line} of the checkpoints is not as it was signed.",
    ),
    "line_out_of_place": (
        "検証点のファイルの {line} 行目は検証点 {number} ですが、{expected} のはずです。",
        "line {line} of the checkpoints is number {number} where {expected} belongs.",
    ),
    "key_unknown": (
        "検証点 {checkpoint} の署名の鍵（{key}）は、渡された鍵でも、窓口の記録にある鍵でもありません。",
        "the key that signed checkpoint {checkpoint} ({key}) is neither the one given nor in the office's log.",
    ),
    "not_whole": (
        "書き出しが途中で終わっているか、行が失われています。",
        "the export is not whole: lines are missing or changed.",
    ),
    "file_gone": ("一覧にある {file} がありません。", "{file}, which the list names, is missing."),
    "file_other": ("{file} は一覧のものと違います。", "{file} is not the one the list names."),
    "file_added": ("{file} は一覧にありません。", "{file} is not on the list."),
    "file_twice": (
        "{file} が二つ入っています。開く道具によって見えるものが違います。",
        "{file} is in it twice: which one is seen depends on who unpacks it.",
    ),
    "list_unsigned": (
        "ファイルの一覧（manifest.json）は、署名と合いません。",
        "manifest.json is not as it was signed.",
    ),
    "list_key": (
        "一覧の署名の鍵（{key}）は、渡された鍵と違います。",
        "manifest.json was signed by another key ({key}) than the one given.",
    ),
}


class Wrong(Exception):
    """The first thing that is not as it was recorded and signed: a code of WORDS and what it is said with."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Unreadable(Exception):
    """What was given cannot be read."""


# -- signatures ---------------------------------------------------------------------------------------------------


def verifies(key: str, said: bytes, signature: str) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise Unreadable("pip install cryptography") from None
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def public_key(text: str) -> str:
    """Return a public key in hexadecimal: of a PEM, or of hexadecimal digits."""
    if "BEGIN" not in text:
        return text.strip().lower()
    from cryptography.hazmat.primitives import serialization

    raw = serialization.load_pem_public_key(text.encode())
    return raw.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def signable(document: Dict[str, Any]) -> bytes:
    said = {name: value for name, value in document.items() if name != "signature"}
    said["heads"] = [
        head if isinstance(head, str) else hashlib.sha256(written(head).encode()).hexdigest() for head in said["heads"]
    ]
    return SIGNS + written(said).encode()


class Signed:
    """What a file of checkpoints says. An excerpt need not be whole: its lines stand each for itself."""

    def __init__(self, lines: Iterable[bytes], excerpt: bool = False) -> None:
        self.lines, self.pieces, self.excerpt = 0, 0, excerpt
        self.keys: Dict[str, int] = {}
        self.heads: Dict[str, bytes] = {}
        self.log: List[Tuple[int, str, int]] = []
        self.given_up: Dict[Tuple[str, int, str], Tuple[str, str]] = {}
        before, last = "", 0
        for place, line in enumerate((each for each in lines if each.strip()), 1):
            document = self._document(line)
            if document is None:
                self.pieces += 1
                continue
            number = document["number"]
            if not verifies(document["key"], signable(document), document["signature"]):
                raise Wrong("line_unsigned", line=place)
            if not excerpt and (number, document["prev"]) != (last + 1, before):
                raise Wrong("line_out_of_place", line=place, number=number, expected=last + 1)
            before, last = hashlib.sha256(signable(document)).hexdigest(), number
            self._take(document)

    @staticmethod
    def _document(line: bytes) -> Optional[Dict[str, Any]]:
        """Return a line as an object; None for a piece of one, which a writer that died left."""
        try:
            document = json.loads(line)
            for name, kind in (("number", int), ("prev", str), ("key", str), ("signature", str), ("heads", list)):
                if not isinstance(document[name], kind):
                    return None
            if document["form"] != "c1" or len(document["log"]) != 2:
                return None
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return dict(document)

    def _take(self, document: Dict[str, Any]) -> None:
        number = document["number"]
        self.lines += 1
        self.keys.setdefault(document["key"], number)
        for case, seq, digest in document.get("given_up", ()):
            self.given_up[case, seq, digest] = (document["by"], document["why"])
        if document["log"][0]:
            self.log.append((document["log"][0], document["log"][1], number))
        for head in document["heads"]:
            if not isinstance(head, str):
                case, seq, digest = head
                self.heads[case] = self.heads.get(case, b"") + KEPT.pack(seq, bytes.fromhex(digest), number)

    def of(self, case: str) -> Dict[int, Tuple[str, int]]:
        """Return what was signed of a case: {row: (hash, checkpoint)}; of a row signed twice the first counts."""
        kept = KEPT.iter_unpack(self.heads.get(case, b""))
        return self._counting(case, ((seq, digest.hex(), number) for seq, digest, number in kept))

    def of_log(self) -> Dict[int, Tuple[str, int]]:
        return self._counting("", self.log)

    def _counting(self, case: str, heads: Iterable[Tuple[int, str, int]]) -> Dict[int, Tuple[str, int]]:
        found: Dict[int, Tuple[str, int]] = {}
        for seq, digest, number in heads:
            if (case, seq, digest) not in self.given_up:
                found.setdefault(seq, (digest, number))
        return dict(sorted(found.items()))


# -- histories ----------------------------------------------------------------------------------------------------


class History:
    """Reads the lines of an export, and raises Wrong at the first that is not what was recorded."""

    def __init__(self, signed: Optional[Signed], keys: Iterable[str], whole: bool = True) -> None:
        self.signed, self.given, self.whole = signed, set(keys), whole
        self.rows = self.cases = self.events = self.withheld = 0
        self.logged_keys: Set[Any] = set()
        self._sum, self._seen = hashlib.sha256(), set()  # type: ignore[var-annotated]
        self._case, self._seq, self._before = "", 0, ""
        self._wanted: Dict[int, Tuple[str, int]] = {}
        self._witnesses: Dict[int, Tuple[str, str]] = {}
        self._log_before, self._log_end, self._ended = "", (0, ""), False
        self._log_wanted = signed.of_log() if signed and whole else {}

    def read(self, lines: Iterable[bytes]) -> None:
        take = {"row": self._row, "case": self._end_of_case, "event": self._event, "log": self._end_of_log}
        for place, line in enumerate(lines, 1):
            try:
                document = json.loads(line)
                kind = document["kind"]
            except (ValueError, KeyError, TypeError, RecursionError):
                raise Wrong("not_whole", line=place) from None
            if self._ended or (place == 1) != (kind == "office"):
                raise Wrong("not_whole", line=place)
            if kind == "end":
                self._end(document)
            elif kind in take:
                take[kind](document)
            self._sum.update(line)
        if not self._ended:
            raise Wrong("not_whole", line=None)

    def _row(self, row: Dict[str, Any]) -> None:
        case = row["case"]
        if not case:
            raise Wrong("of_no_case", seq=row["seq"])
        if case != self._case:
            if self._case:  # no line said where the history before ended
                raise Wrong("not_whole", line=None)
            self._begin(case)
        expected = self._seq + 1
        digest = hashlib.sha256(written({name: row.get(name) for name in COVERED}).encode()).hexdigest()
        if not self.whole and row.get("withheld") == WITHHELD and not set(WITHHELD) & set(row):
            digest, self.withheld = str(row["hash"]), self.withheld + 1
        if (row["seq"], row["prev_hash"], row["hash"]) != (expected, self._before, digest):
            raise Wrong("altered", case=case, seq=expected)
        if expected in self._wanted:
            known, number = self._wanted.pop(expected)
            if known != digest:
                raise Wrong("rewritten", case=case, seq=expected, checkpoint=number)
        self._seq, self._before = expected, digest
        self.rows += 1

    def _begin(self, case: str) -> None:
        self._case, self._seq, self._before = case, 0, ""
        self._wanted = self.signed.of(case) if self.signed else {}

    def _end_of_case(self, end: Dict[str, Any]) -> None:
        case = end["case"]
        if not self._case:
            self._begin(case)
        if case != self._case or (end["seq"], end["head"]) != (self._seq, self._before):
            raise Wrong("cut", case=case, seq=end["seq"])
        if not self._seq:
            raise Wrong("altered", case=case, seq=1)
        if self._wanted:
            seq, (_, number) = list(self._wanted.items())[-1]
            raise Wrong("signed_gone", case=case, seq=seq, end=self._seq, checkpoint=number)
        if self.whole:
            self._witness(case, end["log"])
        self._seen.add(case)
        self.cases += 1
        self._case = ""

    def _witness(self, case: str, log: List[Any]) -> None:
        """Keep what a case knows of the log; where nothing was known yet, it says (0, "")."""
        seq, digest = log
        if (seq, digest) == (0, ""):
            return
        if self._witnesses.setdefault(seq, (digest, case))[0] != digest:
            raise Wrong("log_forgotten", case=case, seq=seq)

    def _event(self, row: Dict[str, Any]) -> None:
        said = {"form": "v1", **{name: row.get(name) for name in EVENT}}
        digest = hashlib.sha256(written(said).encode()).hexdigest()
        linked = (row["seq"], row["prev_hash"]) == (self.events + 1, self._log_before)
        if row["hash"] != digest or (self.whole and not linked):
            raise Wrong("log_broken", seq=row["seq"])
        known, case = self._witnesses.pop(row["seq"], (digest, ""))
        if known != digest:
            raise Wrong("log_forgotten", case=case, seq=row["seq"])
        known, number = self._log_wanted.pop(row["seq"], (digest, 0))
        if known != digest:
            # Which of the rows before it were exchanged, nobody can say: all of them fit.
            raise Wrong("log_rewritten", seq=row["seq"], checkpoint=number)
        if row["what"] == "audit_key_made" and isinstance(row["details"], dict):
            self.logged_keys.add(row["details"].get("key"))
        self.events, self._log_before = self.events + 1, digest
        self._log_end = (row["seq"], digest)

    def _end_of_log(self, end: Dict[str, Any]) -> None:
        if (end["seq"], end["hash"]) != self._log_end:
            raise Wrong("log_cut", seq=end["seq"])
        for seq, (_, case) in self._witnesses.items():
            raise Wrong("log_forgotten", case=case, seq=seq)
        for seq, (_, number) in self._log_wanted.items():
            raise Wrong("log_signed_gone", seq=seq, end=self._log_end[0], checkpoint=number)

    def _end(self, end: Dict[str, Any]) -> None:
        counts = (end["rows"], end["cases"], end["events"], end["sha256"])
        if self._case or counts != (self.rows, self.cases, self.events, self._sum.hexdigest()):
            raise Wrong("not_whole", line=None)
        self._ended = True
        if self.signed is None:
            return
        for case in self.signed.heads:
            if case not in self._seen and self.signed.of(case):
                seq, (_, number) = list(self.signed.of(case).items())[-1]
                raise Wrong("signed_case_gone", case=case, seq=seq, checkpoint=number)
        for key, number in self.signed.keys.items():
            if key not in self.given and (self.given or key not in self.logged_keys) and not self._handed_on(key):
                raise Wrong("key_unknown", checkpoint=number, key=key[:16])

    def _handed_on(self, key: str) -> bool:
        """Whether a later key stands in the log, whose rows an earlier one that was given has signed."""
        return bool(self.given & set(self.signed.keys if self.signed else ())) and key in self.logged_keys


# -- packages -----------------------------------------------------------------------------------------------------


class Package:
    """A zip, or the folder it was unpacked into."""

    def __init__(self, path: Path) -> None:
        self.folder = path if path.is_dir() else None
        self.zip = None if path.is_dir() else zipfile.ZipFile(path)

    def names(self) -> List[str]:
        if self.zip is not None:
            return sorted(self.zip.namelist())
        assert self.folder is not None
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())

    def open(self, name: str) -> IO[bytes]:
        if self.zip is not None:
            return self.zip.open(name)
        assert self.folder is not None
        return (self.folder / name).open("rb")

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            content = file.read(MOST + 1)
        if len(content) > MOST:
            raise Unreadable(f"{name}: larger than {MOST} bytes")
        return content

    def digest(self, name: str) -> str:
        found = hashlib.sha256()
        with self.open(name) as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                found.update(block)
        return found.hexdigest()

    def verify(self, keys: List[str]) -> Dict[str, Any]:
        names = self.names()
        for name, times in Counter(names).items():
            if times > 1:
                raise Wrong("file_twice", file=name)
        listed = self.read("manifest.json")
        manifest = json.loads(listed)
        key = manifest["key"]
        if keys and key not in keys:
            raise Wrong("list_key", key=key[:16])
        if not verifies(key, SIGNS_PACKAGE + listed, self.read("manifest.sig").decode().strip()):
            raise Wrong("list_unsigned")
        for name, digest in manifest["files"].items():
            if name not in names:
                raise Wrong("file_gone", file=name)
            if self.digest(name) != digest:
                raise Wrong("file_other", file=name)
        for name in names:
            if name not in manifest["files"] and name not in ("manifest.json", "manifest.sig"):
                raise Wrong("file_added", file=name)
        found: Dict[str, Any] = {"files": len(manifest["files"]), "keys": [key[:16]], "lines": 0}
        found["list_key"] = key[:16]
        found.update(cases=0, rows=0, events=0, withheld=0, given_up=[], pieces=0)
        if "history.jsonl" in names:
            signed = Signed(self.read("checkpoints.jsonl").splitlines(True), excerpt=True)
            history = History(signed, {key, *keys, *manifest.get("former_keys", ())}, whole=False)
            history.read(self.read("history.jsonl").splitlines(True))
            found.update(told(history, signed))
        return found


def told(history: History, signed: Optional[Signed]) -> Dict[str, Any]:
    return {
        "cases": history.cases,
        "rows": history.rows,
        "events": history.events,
        "withheld": history.withheld,
        "lines": signed.lines if signed else 0,
        "keys": [key[:16] for key in signed.keys] if signed else [],
        "pieces": signed.pieces if signed else 0,
        "given_up": sorted({(by, why) for by, why in signed.given_up.values()}) if signed else [],
        "given_up_rows": len(signed.given_up) if signed else 0,
    }


# -- what is said ---------------------------------------------------------------------------------------------------


def opened(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(path, "rb") if packed else path.open("rb") as source:
        yield from io.BufferedReader(source, 1 << 20)


def verified(arguments: argparse.Namespace) -> Dict[str, Any]:
    keys = [public_key(Path(one).read_text("utf-8") if os.path.exists(one) else one) for one in arguments.key]
    path = Path(arguments.what)
    if path.is_dir() or zipfile.is_zipfile(path):
        return Package(path).verify(keys)
    signed = Signed(opened(Path(arguments.checkpoints))) if arguments.checkpoints else None
    history = History(signed, keys)
    history.read(opened(path))
    return told(history, signed)


def shown(text: str) -> str:
    """Return a text as a terminal may show it: names in what was given could wipe the verdict off the screen."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def main(argv: Optional[List[str]] = None, out: Optional[IO[str]] = None) -> int:
    out = out or sys.stdout
    about, _, more = (__doc__ or "").partition("\n\n")
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=about, epilog=more, formatter_class=shape)
    parser.add_argument("what", metavar="HISTORY|PACKAGE")
    parser.add_argument("--checkpoints", metavar="FILE")
    parser.add_argument("--key", metavar="FILE", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    spoken = "ja" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("ja") else "en"
    parser.add_argument("--lang", choices=("ja", "en"), default=spoken)
    arguments = parser.parse_args(argv)

    def say(code: str, **params: Any) -> str:
        return shown(WORDS[code][arguments.lang == "en"].format(**params))

    try:
        found = verified(arguments)
    except Wrong as wrong:
        document = {"ok": False, "fault": {"code": wrong.code, **wrong.params}}
        print(json.dumps(document) if arguments.json else say(wrong.code, **wrong.params), file=out)
        return 1
    except Exception as error:  # noqa: BLE001 - what was given may be broken in any way, and is not verified then
        document = {"ok": False, "error": shown(f"{type(error).__name__}: {error}")}
        print(json.dumps(document) if arguments.json else document["error"], file=out)
        return 2
    if arguments.json:
        print(json.dumps({"ok": True, "fault": None, **found}), file=out)
        return 0
    lines = [say("package", **found)] if "files" in found else []
    lines.append(say("ok", **found))
    if found["withheld"]:
        lines.append(say("withheld", **found))
    lines.append(say("signed", **{**found, "keys": ", ".join(found["keys"])}) if found["lines"] else say("unsigned"))
    if (found["lines"] or "files" in found) and not arguments.key:
        lines.append(say("key_taken"))
    if found["pieces"]:
        lines.append(say("pieces", count=found["pieces"]))
    lines += [say("given_up", count=found["given_up_rows"], by=by, why=why) for by, why in found["given_up"]]
    print("\n".join(lines), file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
