"""Incidents against somebody else's list: which rows can be the same event, and where they agree, differ or miss."""

from corroborate.weigh.check.match import check
from corroborate.weigh.check.rows import Reference, References, read_references

__all__ = ["Reference", "References", "check", "read_references"]
