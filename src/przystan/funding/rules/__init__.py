"""Pure decisions about money: age bands in which people are counted."""
