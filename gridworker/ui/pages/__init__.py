"""One module per page; pages never know each other."""
