"""Everything that changes something for the privacy pages. Each function is one decision, written down."""

from .erasing import ask_erasure, carry_out, confirm_erasure, withdraw_erasure

__all__ = ["ask_erasure", "carry_out", "confirm_erasure", "withdraw_erasure"]
