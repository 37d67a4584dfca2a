"""HTTP of billing: the paths of contracts/http/billing."""
