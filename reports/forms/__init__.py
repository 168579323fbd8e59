"""What people are asked before something is made."""
