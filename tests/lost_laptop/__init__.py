"""The lost laptop: a week of marked values through window and command line, a crash, and a search in every byte."""
