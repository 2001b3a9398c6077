"""A playground for small neural networks: the network (nn), its data, their figures and the page (app)."""
