"""The officers’ pages (经办工作台)."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
