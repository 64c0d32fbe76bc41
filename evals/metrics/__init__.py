"""Measures of answers: one pure function a file, answers and gold in, a number between 0 and 1 out.

Example: ``number_scores("计划投资6.59亿元。[1]", (Value(number="6.59", unit="亿元"),)).exact == 1.0``.
"""
