"""HTTP of billing: slips, arrears, counter payments, payments, suspense, collection, accounts."""

from fastapi import APIRouter

from services.chassis.http import WorkRoute

router = APIRouter(route_class=WorkRoute)
