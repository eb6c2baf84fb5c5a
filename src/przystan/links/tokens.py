"""What opens a link: a token in its address, and a code that goes another way. Of both only digests are kept."""

import secrets
from hashlib import sha256

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from przystan.kernel.refs import ALPHABET

LENGTH = 27  # characters of 5 random bits each: 135 bits
DIGITS = 6
SALT = "przystan.links"
PROOF_SECONDS = 60 * 60  # how long a page stays open once the code was right


def new_token() -> str:
    """A fresh token, in letters and digits that no other looks like."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest_of(token: str) -> str:
    """Under which a link is found: 64 hex digits. Capitals that a phone put in do no harm."""
    return sha256(token.lower().encode()).hexdigest()


def new_code() -> str:
    """Six digits, to be read out."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_digest(digest: str, code: str) -> str:
    """Of a code for one token: under the centre's secret, or six digits would be found by trying them all."""
    words = f"{digest}:{''.join(code.split())}"
    return salted_hmac(f"{SALT}.code", words, algorithm="sha256").hexdigest()


def is_code(digest: str, kept: str, code: str) -> bool:
    """Whether this is the code of the link."""
    return constant_time_compare(kept, code_digest(digest, code))


def proof_of(digest: str) -> str:
    """What the page carries once the code was right, instead of a cookie."""
    return signing.TimestampSigner(salt=f"{SALT}.proof").sign(digest[:16])


def is_proof(digest: str, proof: str) -> bool:
    """Whether a page of this link carries a proof that still holds."""
    try:
        said = signing.TimestampSigner(salt=f"{SALT}.proof").unsign(proof, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        return False
    return constant_time_compare(said, digest[:16])


class TokenConverter:
    """A token in an address, `<token:token>`; what is too short or too long for one leads nowhere as well."""

    regex = "[0-9A-Za-z]{16,40}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
