"""Rates, bills, slips, payments, allocation, late fee, arrears and receipts."""
