"""What is asked: a question in, a plan that explains its words out."""
