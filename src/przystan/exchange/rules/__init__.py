"""Reading what people typed into spreadsheets: plain Python, no database."""
