"""The bank's signature: the vectors of gateway/bank/README.md, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gateway.bank import signature
from services.chassis.problems import Problem

KEY = bytes.fromhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
STAMP, NONCE = 1473386700, "n-0001"
QUERY = ("/bank/v1/slips/query", b'{"slip_no":"37060001230000018"}')
NOTIFICATION = (
    "/bank/v1/notifications",
    (
        '{"serial":"ICBC20160909000001","slip_no":"37060001230000018","amount":860258,"paid_at":"20'
        '16-09-09T10:05:00+08:00","clearing_day":"2016-09-09","payer_account":"1606020109000000001"'
        ',"payer_name":"烟台海源机械有限公司"}'
    ).encode(),
)
VECTORS = [
    (*QUERY, "HMAC-SHA256", "c8ee10f7c45793f9de2c924ac736068f96d97968ef4b0599cf5cff78ebcf94be"),
    (*QUERY, "HMAC-SM3", "6565cefa3d1270a07f4e48bc28decd00a6fbd49caefa66864162f509733d0128"),
    (*NOTIFICATION, "HMAC-SHA256", "7e680375ec5f5bf7d2d190e2cb4ec681b7eacceecfcc89cccbe449d462a58ea7"),
    (*NOTIFICATION, "HMAC-SM3", "e1593d1b41f69cd54a74a0a3a6c2b5287d3fab16cd3f9a74960f1e4a54e219df"),
]
KEYS = {"ICBC": {"k1": KEY, "k2": b"next key"}, "CCB": {"k1": b"another bank's"}}


@pytest.mark.parametrize(("path", "body", "algorithm", "expected"), VECTORS)
def test_vectors_of_the_guide(path: str, body: bytes, algorithm: str, expected: str) -> None:
    text = signature.text_to_sign("POST", path, str(STAMP), NONCE, body)
    assert signature.sign(algorithm, KEY, text) == expected


@pytest.mark.parametrize(("path", "body", "algorithm", "expected"), VECTORS)
def test_guide_shows_these_vectors(path: str, body: bytes, algorithm: str, expected: str) -> None:
    guide = Path(signature.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert path in guide
    assert body.decode() in guide
    assert f"{algorithm} `{expected}`" in guide


def _call(key_id: str = "k1", key: bytes = KEY, bank: str = "ICBC", nonce: str = NONCE) -> dict[str, str]:
    path, body = NOTIFICATION
    return signature.headers(bank, key_id, key, path=path, body=body, stamp=STAMP, nonce=nonce)


def _verify(given: dict[str, str], *, body: bytes = NOTIFICATION[1], now: float = STAMP) -> str:
    try:
        return signature.verify(KEYS, NOTIFICATION[0], given, body, now).bank
    except Problem as problem:
        return problem.body.code


def test_each_of_several_keys_opens_during_a_rotation() -> None:
    assert _verify(_call()) == "ICBC"
    assert _verify(_call("k2", b"next key")) == "ICBC"


def test_time_stamp_is_good_for_300_seconds_to_both_sides() -> None:
    assert _verify(_call(), now=STAMP + 300) == "ICBC"
    assert _verify(_call(), now=STAMP - 300) == "ICBC"
    assert _verify(_call(), now=STAMP + 301) == "bank.stale_timestamp"
    assert _verify(_call(), now=STAMP - 301) == "bank.stale_timestamp"


@pytest.mark.parametrize(
    "given",
    [
        {},
        _call(key=b"wrong"),
        _call(bank="CCB"),
        _call(bank="NONE"),
        _call(key_id="k9"),
        _call() | {"x-algorithm": "HMAC-MD5"},
        _call() | {"x-algorithm": "HMAC-SM3"},
        _call() | {"x-timestamp": "1473386701"},
        _call() | {"x-timestamp": "soon"},
        _call() | {"x-timestamp": "-1473386700"},
        _call() | {"x-timestamp": "１４７３３８６７００"},
        _call() | {"x-nonce": "n-0002"},
        _call() | {"x-nonce": ""},
        _call(nonce="n" * 65),
        _call() | {"x-signature": ""},
        _call() | {"x-signature": "签名"},
    ],
)
def test_forged_call_is_refused_without_saying_why(given: dict[str, str]) -> None:
    assert _verify(given) == "bank.bad_signature"


def test_a_changed_body_is_refused() -> None:
    assert _verify(_call(), body=NOTIFICATION[1].replace(b"860258", b"860259")) == "bank.bad_signature"
