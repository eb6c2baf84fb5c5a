"""Forms about people. Labels and help are what staff read; actions do the writing."""
