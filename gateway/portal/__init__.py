"""The employers’ pages (网上服务系统)."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
