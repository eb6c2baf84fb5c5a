"""Bytes as letters: which encoding an office's text file is in, told by the letters that its words would have."""

import re
from itertools import pairwise

from .limits import Unreadable

BOMS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
BINARY = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
HEAD = 4096  # bytes in which a file that is no text shows itself
LOOKED_AT = 1_000_000  # bytes whose words tell the encoding
# Letters beyond ASCII that words of our files have, by encoding: names in Latin letters as Poles write them, in those
# of western Europe, and in Cyrillic; with what stands beside letters. The first wins where as many words would fit.
SIGNS = frozenset("„”“’‘–—…«»№°§•\xa0")
LATIN = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáéíúýčďěňřšťůžäöüßÁÉÍÚÝČĎĚŇŘŠŤŮŽÄÖÜçÇ") | SIGNS
WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒ") | SIGNS
CYRILLIC = frozenset(chr(code) for code in range(0x410, 0x450)) | frozenset("ЁёЄєІіЇїҐґЎў") | SIGNS
FITTING = {
    "cp1250": LATIN,
    "cp1251": CYRILLIC,
    "iso8859-2": LATIN,
    "cp852": LATIN,
    "cp1252": WESTERN,
    "koi8-u": CYRILLIC,
    "cp866": CYRILLIC,
}
NAMES = {"cp1250": "windows-1250", "cp1251": "windows-1251", "iso8859-2": "iso-8859-2", "cp1252": "windows-1252"}
SURE = 0.6  # of the words beyond ASCII must fit, or nobody can say what the letters are
ENCODINGS = [*FITTING, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
NO_POLISH = re.compile("ń[aeiouyąęóáéíú]", re.IGNORECASE)  # it is written "ni" before a vowel: a Spanish ñ
WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding. Unreadable when it is no text, or a damaged one."""
    for bom, encoding in BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise Unreadable("cut_letters") from error
    if any(byte in BINARY for byte in content[:HEAD]):
        return _wide(content), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise Unreadable("cut_letters") from error
    encoding = _likeliest(content[:LOOKED_AT])
    return content.decode(encoding, errors="replace"), NAMES.get(encoding, encoding)


def _wide(content: bytes) -> str:
    """UTF-16 that does not say so: its separators and line ends have one byte that is 0."""
    for encoding, separators in (("utf-16-le", b";\0,\0\t\0\n\0"), ("utf-16-be", b"\0;\0,\0\t\0\n")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        found = any(
            text.count(bytes(pair).decode(encoding)) for pair in zip(separators[::2], separators[1::2], strict=True)
        )
        if found and not any(ord(letter) < 32 and ord(letter) in BINARY for letter in text[:HEAD]):
            return text
    raise Unreadable("not_a_table")


def _is_damaged_utf8(content: bytes) -> bool:
    """More letters are whole in UTF-8 than are not: text in another encoding hardly has one that is."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd") - content.count("\ufffd".encode())
    return sum(letter > "\x7f" for letter in text) > 2 * broken


def _likeliest(content: bytes) -> str:
    """The encoding in which most words could be words. Unreadable when in none of them enough are."""
    words = set(WORD.findall(content))

    def fitting(encoding: str) -> int:
        return sum(_fits(word.decode(encoding, errors="replace"), FITTING[encoding]) for word in words)

    best = max(FITTING, key=fitting)
    if fitting(best) < SURE * len(words):
        raise Unreadable("unknown_letters")
    return best


def _fits(word: str, letters: frozenset[str]) -> bool:
    """Whether a word could be one: all its letters beyond ASCII are known, Cyrillic ones stand with no Latin one, and
    none of them is a capital behind a small letter."""
    known = all(letter in letters or (letters is not CYRILLIC and letter.isascii()) for letter in word)
    if letters is LATIN and NO_POLISH.search(word):
        return False
    return known and not any(
        before.islower() and letter.isupper() and not letter.isascii() for before, letter in pairwise(word)
    )
