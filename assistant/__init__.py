"""What is answered: a Chinese question in, an answer with its citations out."""
