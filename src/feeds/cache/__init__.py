"""What an earlier run found out, kept below the state folder; to delete it costs one slow run."""
