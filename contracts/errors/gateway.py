"""Refusals of the gateway itself: the bank door and the pages."""

from contracts.errors.code import ErrorCode

BAD_SIGNATURE = ErrorCode("bank.bad_signature", 401, "签名无效", "请按接口说明核对密钥编号、算法和待签名内容")
STALE = ErrorCode(
    "bank.stale_timestamp", 401, "时间戳超出允许的{seconds}秒", "请校准时钟，并重新签名后再次发送"
)
NONCE_REUSED = ErrorCode(
    "bank.nonce_reused", 401, "该随机串已用于内容不同的请求", "请更换随机串并重新签名后再次发送"
)
SERIAL_REUSED = ErrorCode(
    "bank.serial_reused", 409, "该流水号已用于内容不同的缴费通知", "请核对流水号；原通知已受理，不会重复入账"
)
"""The first notification stands; the second is counted and alarmed, never booked (domain 5)."""
