"""Crypto: encrypting, signing, hashing, and making keys and tokens."""

from __future__ import annotations

from typing import Any

from ddd_lab.spec.catalogue._base import FAILURE, SUCCESS, NodeType, SpecModel
from ddd_lab.spec.catalogue._facts import Need, Range, when_word
from ddd_lab.spec.catalogue._fields import Amount, Names, Part, setting, words
from ddd_lab.spec.catalogue._summary import joined
from ddd_lab.spec.lenient import first


class KeySource(Part):
    """Where the key comes from; never the key itself."""

    env: str | None = setting("Environment variable that holds it.")
    vault: str | None = setting("Path in the vault that holds it.")


class CryptoSpec(SpecModel):
    """What is done, with which algorithm and key."""

    operation: str | None = words(
        "What is done.",
        *("encrypt", "decrypt", "hash", "sign", "verify"),
        *("jwt_sign", "jwt_verify", "generate_key", "generate_token"),
    )
    algorithm: str | None = setting("Algorithm, such as aes-256-gcm, hmac-sha256 or bcrypt.")
    key_source: KeySource | str | None = setting("Where the key comes from.")
    input_fields: Names | None = setting("Data paths that go in.")
    output_field: str | None = setting("Name of the result.")
    payload: dict[str, Any] | str | None = setting("Claims of a signed token.")
    expires_in: Amount | None = setting("How long a token is valid.")
    encoding: str | None = words("How bytes are written.", "base64", "hex", "base64url", "uuid")
    length: Amount | None = setting("Length of a key or token.")
    description: str | None = setting("What it is for, in a sentence.")


_KEYED = ("encrypt", "decrypt", "sign", "jwt_sign", "jwt_verify")
_DIGESTS = ("encrypt", "decrypt", "hash", "sign", "verify", "jwt_sign", "jwt_verify")


TYPES = (
    NodeType(
        type="crypto",
        category="integration",
        icon="⊡",
        help="Encrypts, signs, hashes, or makes keys and tokens.",
        spec=CryptoSpec,
        outputs=(SUCCESS, FAILURE),
        summary=lambda spec: joined(first(spec, "operation"), first(spec, "algorithm")),
        new={
            "operation": "encrypt",
            "algorithm": "aes-256-gcm",
            "key_source": {"env": ""},
            "input_fields": [],
            "output_field": "",
        },
        required=("operation",),
        ranges=(Range("length", 1),),
        required_when=(
            Need(
                ("algorithm",),
                when_word("operation", *_DIGESTS, "generate_key"),
                "there is no default algorithm",
            ),
            Need(("key_source",), when_word("operation", *_KEYED), "this operation needs a key"),
            Need(("payload",), when_word("operation", "jwt_sign"), "a signed token has a payload"),
            Need(
                ("expires_in",),
                when_word("operation", "jwt_sign"),
                "a token without it never expires",
            ),
            Need(
                ("output_field", "output"),
                when_word("operation", "generate_token"),
                "the token must be stored under a name",
            ),
        ),
    ),
)
