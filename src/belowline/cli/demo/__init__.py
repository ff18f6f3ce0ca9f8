"""A page of comments under an article, both made up, for `belowline demo`."""
