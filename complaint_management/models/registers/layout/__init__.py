"""What tables are made of: plain values, no records."""
