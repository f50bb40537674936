"""How good leads and claims are: gold and readings in, scores with intervals, agreement and lists of errors out."""
