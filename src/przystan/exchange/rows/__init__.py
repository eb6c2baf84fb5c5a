"""What a row of a file says, and what it becomes."""
