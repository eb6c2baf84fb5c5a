"""Reads words of the other scripts aloud: one table a script, every sign as in `sounds`."""

from itertools import groupby
from typing import Final

from anyascii import anyascii

from przystan.kernel.names.latin import read_latin
from przystan.kernel.names.script import Script, script_of_letter


def _pairs(table: str) -> dict[str, str]:
    """Table written as "letters=sign" groups; every letter of a group has that sign."""
    groups = (group.rpartition("=") for group in table.split())
    return {letter: sign for letters, _, sign in groups for letter in letters}


# Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian, Kazakh, Kyrgyz, Uzbek, Tajik, Mongolian.
CYRILLIC: Final = _pairs(
    "а=a б=b в=v гѓ=1 ґ=g д=d е=e э=e є=je ё=ë ж=Z җ=J з=z и=y іїӣ=i йј=j кќ=k л=l љ=l м=m н=n њ=n ң=ng о=o"
    " п=p р=r с=s т=t уӯұ=u ў=w ф=f х=x ц=c ч=C ш=S щ=Q ы=y ьъ= ю=ju я=ja ә=ä ғ=G қ=q ө=ö ү=ü һҳ=h ҷџђ=J"
    " ћ=č ѕ=ʒ ѣ=e ѓ=1 ҙ=D ҫ=s ӑ=a ӗ=e ӳ=ü"
)
# Arabic, Persian, Dari, Pashto, Urdu, Kurdish. Short vowels are not written.
ARABIC: Final = _pairs(
    "اأإآٱ=A عۀ=E ءئ= ؤ=W ب=B پ=p ت=t ٹ=t ټ=t ث=T ج=Ĵ چ=C ح=h خ=x د=d ڈ=d ډ=d ذ=D رڕ=r ڑړ=r ز=z ژږ=Z س=s شښ=S ص=s"
    " ض=D ط=t ظ=D غ=G ف=F ڤ=v ق=q كک=k گ=g ڭ=n ل=l ڵ=l م=m نںڼ=n هھہ=h ة=ṯ ۃ=ṯ ە=ä وۇۆ=W ۋ=v يیىےېۍێ=Y ځ=J څ=c"
)
HEBREW: Final = _pairs("אע=E ב=B ג=g ד=d ה=h ו=W ז=z ח=x ט=t י=Y כך=Ḵ ל=l מם=m נן=n ס=s פף=P צץ=c ק=k ר=r ש=8 ת=t")
GEORGIAN: Final = _pairs(
    "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=Z რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=G ყ=q შ=S ჩ=C"
    " ც=c ძ=ʒ წ=c ჭ=C ხ=x ჯ=J ჰ=h ჲ=j"
)
ARMENIAN: Final = _pairs(
    "ա=a բ=b գ=g դ=d ե=e զ=z է=e ը=y թ=t ժ=Z ի=i լ=l խ=x ծ=c կ=k հ=h ձ=ʒ ղ=G ճ=C մ=m յ=j ն=n շ=S ո=o չ=C պ=p ջ=J"
    " ռ=r ս=s վ=v տ=t ր=r ց=c ւ=v փ=p ք=k և=ev օ=o ֆ=f"
)
GREEK: Final = _pairs(
    "αά=a β=v γ=g δ=D εέ=e ζ=z ηή=i θ=T ιίϊΐ=i κ=k λ=l μ=m ν=n ξ=X οό=o π=p ρ=r σς=s τ=t υύϋΰ=i φ=f χ=x ψ=ps ωώ=o"
)
# Two letters with one sound.
_DIGRAPHS: Final = {
    Script.CYRILLIC: {
        "дж": "J", "дз": "ʒ", "дс": "ʒ", "тс": "c", "тц": "c", "кс": "X", "ий": "i", "ый": "i", "їй": "i",
    },
    Script.ARMENIAN: {"ու": "u", "եւ": "ev"},
    Script.HEBREW: {"וו": "v", "יי": "Y", "ג׳": "J"},
    Script.GREEK: {
        "ου": "u", "ού": "u", "μπ": "b", "ντ": "d", "γκ": "g", "ει": "i", "εί": "i", "οι": "i", "αι": "e",
        "αυ": "av", "ευ": "ev", "τσ": "c", "τζ": "ʒ", "κσ": "X",
    },
}  # fmt: skip
_TABLES: Final = {
    Script.CYRILLIC: CYRILLIC,
    Script.ARABIC: ARABIC,
    Script.HEBREW: HEBREW,
    Script.GEORGIAN: GEORGIAN,
    Script.ARMENIAN: ARMENIAN,
    Script.GREEK: GREEK,
}
# Every Indian block keeps one order (ISCII), so one table of offsets reads Hindi, Nepali, Bengali, Tamil...
_INDIC_VOWELS: Final = dict(zip(range(0x05, 0x15), "a a i i u u r l e e e e o o o o".split(), strict=True))
_INDIC_CONSONANTS: Final = dict(
    zip(
        range(0x15, 0x3A),
        "k x g G ng C C J J n t T d D n t T d D n n p f b b m j r r l l l w 8 8 s h".split(),
        strict=True,
    )
)
_INDIC_SIGNS: Final = dict(zip(range(0x3E, 0x4D), "a i i u u r r e e e e o o o o".split(), strict=True))
_VIRAMA: Final = 0x4D
_ANUSVARA: Final = (0x01, 0x02, 0x70)  # 0x70: the tippi of Gurmukhi
_NUKTA: Final = 0x3C


def read(word: str) -> str:
    """Signs (see `sounds`) of a lower-case word; scripts mixed inside a word are read part by part."""
    if word.isascii():
        return read_latin(word)
    return "".join(_read_part(script, "".join(letters)) for script, letters in groupby(word, key=script_of_letter))


def _read_part(script: Script, part: str) -> str:
    if script is Script.LATIN or script is Script.NONE:
        return read_latin(part)
    if script is Script.INDIC:
        return _read_indic(part)
    table = _TABLES.get(script)
    if table is None:
        return read_latin(anyascii(part).lower())
    for letters, sign in _DIGRAPHS.get(script, {}).items():
        part = part.replace(letters, sign)
    signs = "".join(
        table.get(letter, letter if (letter.isascii() and letter.isalnum()) or letter == "ʒ" else "") for letter in part
    )
    return _finish_abjad(script, part, signs)


def _finish_abjad(script: Script, part: str, signs: str) -> str:
    """A last h is heard as a vowel in Hebrew and Persian, and a last ya may be an a (Arabic ى)."""
    if script in (Script.HEBREW, Script.ARABIC) and signs.endswith("h") and part[-1] in "הهہ":
        return signs[:-1] + "ṯ"
    return signs


def _read_indic(part: str) -> str:
    """A consonant carries a short vowel, unless a vowel sign or a virama follows."""
    signs: list[str] = []
    offsets = [(ord(letter) - 0x900) % 0x80 for letter in part]
    offsets = [offset for offset in offsets if offset != _NUKTA]
    for here, following in zip(offsets, [*offsets[1:], -1], strict=False):
        if here in _INDIC_CONSONANTS:
            signs.append(_INDIC_CONSONANTS[here])
            if following not in _INDIC_SIGNS and following not in (_VIRAMA,):
                signs.append("ă")
        elif here in _INDIC_VOWELS:
            signs.append(_INDIC_VOWELS[here])
        elif here in _INDIC_SIGNS:
            signs.append(_INDIC_SIGNS[here])
        elif here in _ANUSVARA:
            signs.append("n")
    return "".join(signs)
