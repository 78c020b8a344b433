"""Does a number still hold: an index of every figure and what it was, and the answer to what somebody pastes."""
