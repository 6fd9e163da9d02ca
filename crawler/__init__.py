"""The visit: the only part of Didban that is on the network."""
