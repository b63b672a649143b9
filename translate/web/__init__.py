"""The desk: the whole product as pages in a browser, served on the user's own machine. It shows what the pipeline does and holds no logic of its own."""
