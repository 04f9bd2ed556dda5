"""The order of things: the only room that knows which room comes after which. One module for each thing to do."""
