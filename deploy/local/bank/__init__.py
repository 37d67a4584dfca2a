"""A bank for the local stack: a page from which slips are asked and paid through the real, signed bank door."""

from deploy.local.bank.app import create_app

__all__ = ["create_app"]
