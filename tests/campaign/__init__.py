"""Random histories of real stores and real workbooks, and the laws that must hold after each."""
