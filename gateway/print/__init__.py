"""Printed forms: what an employer or an officer prints, signs and keeps, as PDF."""
