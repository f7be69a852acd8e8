"""What people ask of the directory about themselves: verified, answered in time, each a case (P8 to P12, E7)."""
