"""What a row is and why order never matters: entries, claims, and their fold."""
