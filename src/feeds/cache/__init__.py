"""What an earlier run found out, kept below the state folder; it may be deleted at any time, at the price of a slow run."""
