"""Files on disk, whatever generator they were written for, as posts and problems."""
