"""How the names of people are compared (F6, F7; docs/adr/0036).

A name is read as a family name and given names, as far as it says which is which: a comma, capitals and Japanese order
say it, a blank may be missing, a middle name or a particle may be there or not. Two names are compared

- as a whole, by *keys*: the first is kept (hashed) with a person, all of them are what others are looked up by;
- by the family name alone, where two people share an address: `may_be_one_family` needs both names in clear.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import permutations

from workflows.request.characters import folded, is_ideograph, is_kana, with_strokes

MOST_WORDS = 5
"""Of how many words of a name every two are looked up."""

# Written small they are no names; with a capital Le, Do and Van may be.
_PARTICLE = re.compile(
    "af|al|av|bin|d|da|de|del|den|di|do|du|e|el|la|las|le|lo|los|of|te|ten|ter|und|van|y|zu"
    "|bint|das|della|der|dos|ibn|vom|von|zum|zur"
)
_NEVER_A_NAME = re.compile("bint|das|della|der|dos|ibn|vom|von|zum|zur|ii|iii|iv|jr|sr")
_BORN = re.compile(r"(?:\bn[ée]e\b|\bgeb(?:oren[er]?)?\b\.?|旧姓|旧氏|通称)[\s:：]*", re.IGNORECASE)
_ASIDE = re.compile(r"[(（\[［〔]([^)）\]］〕]*)[)）\]］〕]")
_DOT = re.compile("[・･·‧∙]")
_BETWEEN_WORDS = re.compile(r"[-‐‑‒–—−=゠/／]+")
_COMMA = re.compile("[,，、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A name as it is compared: its words (folded, in order) and what is known of which is which."""

    words: tuple[str, ...]
    family: tuple[str, ...]
    """Those of the family name, as the name says or custom has it; none where it is written without a blank."""
    given: tuple[str, ...]
    sure: bool
    """The name itself says which they are."""
    before: tuple[str, ...]
    """Other family names it gives: of before a marriage, or in use beside."""
    kana: str
    kana_family: str
    """What the reading begins with, where it has a blank."""
    unsplit: bool
    """One word, in characters that need no blank between family and given name."""
    in_kana: bool
    """The name itself is written in kana and nothing else."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded, in the order in which they are written."""
    chunks = _chunks(with_strokes(text))
    return tuple(filter(None, (folded(word) for chunk in chunks for word in _BETWEEN_WORDS.split(chunk))))


def parts(name: str, kana: str | None = None) -> frozenset[str]:
    """Return all words by which somebody is found: those of the name and of its reading, folded.

    A Japanese name is among them as a whole too, so that it is found whether or not it is written with a blank.
    """
    found = set(words(name)) | set(words(kana or ""))
    for text in (name, kana or ""):
        if any(is_ideograph(character) or is_kana(character) for character in text):
            found.add(folded(text))
    return frozenset(found - {""})


def called(name: str, kana: str | None = None) -> Called:
    """Read a name, with its reading in kana where one is given."""
    plain, before = _without_asides(unicodedata.normalize("NFKC", name))
    spelt = _telling(plain)
    everything = tuple(word for chunk in spelt for word in chunk)
    in_kana, unsplit = _all_kana(plain), len(spelt) < 2 and _unsplit(plain)
    sound = words(kana or (plain if in_kana else ""))
    split = len(sound) > 1 and not _DOT.search(kana or plain)
    family, sure = _family(plain, spelt) if len(spelt) > 1 else (() if unsplit else everything, False)
    given = list(everything)
    for word in family:
        given.remove(word)
    return Called(
        words=everything,
        family=family,
        given=tuple(given),
        sure=sure,
        before=before,
        kana=folded("".join(sound)),
        kana_family=sound[0] if split else "",
        unsplit=unsplit,
        in_kana=in_kana,
    )


def keys(name: Called) -> tuple[str, ...]:
    """Return by what people of this name are found, the one that is kept first.

    Family and first given name make it: a middle name makes no difference, nor does their order, nor a blank in a name
    in Japanese characters. Who gives nothing but kana is found by who gives them beside.
    """
    found = []
    if len(name.words) < 2:
        found.append("".join(name.words))
    else:
        given = name.given[0] if name.given else name.words[0]
        found.append(_joined(name.family[-1], given))
        found += [_joined(*pair) for pair in permutations(dict.fromkeys(name.words[:MOST_WORDS]), 2)]
        if is_ideograph(name.words[0][0]) or name.in_kana:
            found.append(folded("".join(name.words)))
    found += [_joined(other, given) for other in name.before for given in name.given[:1]]
    found.append(name.kana)
    return tuple(dict.fromkeys(filter(None, found)))


def may_be_one_family(one: Called, other: Called) -> bool:
    """Whether two people may bear one family name: only where they certainly do not are they strangers.

    Needed are both in clear: whether a name begins with another cannot be told of hashes.
    """
    if one.words == other.words:
        return True
    if set(one.before) & {*other.family, *other.before} or set(other.before) & set(one.family):
        return True
    if one.in_kana != other.in_kana:
        return _one_by_kana(one, other)
    if not (one.unsplit or other.unsplit):
        return bool(set(one.family) & _possible(other) or set(other.family) & _possible(one))
    return _one_by_beginning(one, other)


def _one_by_kana(one: Called, other: Called) -> bool:
    """One of them is written in kana alone: their readings decide."""
    families = one.kana_family, other.kana_family
    if all(families):
        return families[0] == families[1]
    return any(
        family and sound.startswith(family) for family, sound in zip(families, (other.kana, one.kana), strict=True)
    )


def _one_by_beginning(one: Called, other: Called) -> bool:
    """A family name written together with the given one is a beginning: kana say of which length."""
    read = [name.kana_family for name in (one, other)]
    if all(read) and read[0] != read[1]:
        return False
    if one.unsplit and other.unsplit:
        shared = _shared_beginning(one.words[0], other.words[0])
        if all(read):
            return shared > 0
        # 林花子 and 林一郎 may be one family; 山田太郎 and 山本花子 are not: hardly a family name of one character
        # stands before three more.
        least = 1 if max(len(one.words[0]), len(other.words[0])) <= 3 else 2
        return shared >= (3 if one.in_kana else least)
    whole, split = (one, other) if one.unsplit else (other, one)
    return any(whole.words[0].startswith(word) for word in split.family[:1])


def _possible(name: Called) -> set[str]:
    """Return which words may be the family name: what the name says is not doubted, custom is."""
    return set(name.family) if name.sure else {*name.family, *name.words[:1], *name.words[-1:]}


def _family(text: str, chunks: list[tuple[str, ...]]) -> tuple[tuple[str, ...], bool]:
    """Return the words of the family name, and whether the name itself says so."""
    head, comma, _ = _partitioned(text)
    if comma:
        family = tuple(word for chunk in _telling(head) for word in chunk)
        if family and len(family) < sum(map(len, chunks)):
            return family, True
    if any(is_ideograph(character) for character in text):
        return chunks[0], False
    if any(is_kana(character) for character in text):
        return (chunks[-1], False) if _DOT.search(text) else (chunks[0], False)
    large = [chunk.isupper() and len(chunk) > 1 for chunk in _chunks(text) if words(chunk) in chunks]
    if any(large) and not all(large):  # Anna BEISPIEL
        return tuple(word for chunk, is_large in zip(chunks, large, strict=True) if is_large for word in chunk), True
    # All in capitals is how a residence card writes it, the family name first.
    return (chunks[0], False) if all(large) else (chunks[-1], False)


def _without_asides(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without what it says in brackets or after *née*, and the words of that."""
    asides = [_BORN.sub(" ", aside) for aside in _ASIDE.findall(text)]
    plain, *born = _BORN.split(_ASIDE.sub(" ", text))
    return plain, tuple(word for aside in (*asides, *born) for word in words(aside))


def _partitioned(text: str) -> tuple[str, bool, str]:
    found = _COMMA.search(text)
    return (text, False, "") if found is None else (text[: found.start()], True, text[found.end() :])


def _chunks(text: str) -> list[str]:
    """Return what stands between blanks, commas and middle dots."""
    return _DOT.sub(" ", _COMMA.sub(" ", unicodedata.normalize("NFKC", text))).split()


def _telling(text: str) -> list[tuple[str, ...]]:
    """Return the words of each chunk, of those that are names: neither particles nor, where two more stay, initials."""
    read = [(chunk, words(chunk)) for chunk in _chunks(text)]
    names = [(chunk, found) for chunk, found in read if found and not _is_particle(chunk, found)] or read
    without = [found for _, found in names if not (len(found) == 1 and len(found[0]) == 1 and found[0].isascii())]
    return without if len(without) > 1 else [found for _, found in names if found]


def _is_particle(chunk: str, found: tuple[str, ...]) -> bool:
    small = chunk.islower() and _PARTICLE.fullmatch(found[0])
    return bool(small or _NEVER_A_NAME.fullmatch(found[0]))


def _joined(family: str, given: str) -> str:
    """Return a key: characters that need no blank have none."""
    separate = not (is_ideograph(family[-1]) or is_kana(family[-1])) or not (
        is_ideograph(given[0]) or is_kana(given[0])
    )
    return f"{family} {given}" if separate else folded(family + given)


def _unsplit(text: str) -> bool:
    letters = [character for character in text if character.isalnum()]
    return len(letters) > 1 and all(is_ideograph(one) or is_kana(one) or one == "々" for one in letters)


def _all_kana(text: str) -> bool:
    letters = [character for character in text if character.isalnum()]
    return bool(letters) and all(is_kana(character) for character in letters)


def _shared_beginning(one: str, other: str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
