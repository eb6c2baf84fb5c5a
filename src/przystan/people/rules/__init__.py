"""Pure decisions about people: what was typed into the search box, which phone number is meant."""
