"""What a person can do, one verb each: one transaction, returns what changed."""
