"""The pulled plug: every write of every deed fails once in every way, and what is found afterwards is looked at."""
