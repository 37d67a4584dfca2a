"""The officers’ pages (经办工作台)."""
