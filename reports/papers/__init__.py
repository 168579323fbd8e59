"""Papers of a meeting, made on the spot and kept nowhere: one module per paper, one frame for all of them."""
