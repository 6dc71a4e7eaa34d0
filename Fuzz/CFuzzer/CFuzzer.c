// A module needs a source; what matters is the header.
